# SPDX-License-Identifier: MIT
"""An API server that writes down who asks it what, and how they came.

It knows pods of every namespace (none) and the discovery that kubectl wants
before it asks for them.
"""

import dataclasses
import socket
import socketserver
import ssl
import threading

from .daemons import wait_until
from .json_handler import JsonHandler

IDENTITY = ("Authorization", "Impersonate-User", "Impersonate-Uid",
            "Impersonate-Group")
PODS = {"name": "pods", "singularName": "pod", "namespaced": True,
        "kind": "Pod", "verbs": ["get", "list"], "shortNames": ["po"]}
DISCOVERY = {
    "/api": {"kind": "APIVersions", "versions": ["v1"]},
    "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": []},
    "/api/v1": {"kind": "APIResourceList", "groupVersion": "v1",
                "resources": [PODS]}}
NO_PODS = {"kind": "PodList", "apiVersion": "v1", "metadata": {},
           "items": []}


@dataclasses.dataclass(frozen=True)
class Seen:
    """What of a request says who asked, and which way."""

    method: str
    path: str
    host: str
    identity: tuple  # pairs of header and value, sorted
    certificate: str  # the common name of the client's; empty: none
    server_name: str  # by TLS; empty: none
    way: tuple  # what the proxies on the way were told


class Recorder:
    """One server on one port of both loopback addresses.

    `tls` is an ssl context, or None for plain HTTP. `way(port)` is asked for
    what is known of the connection that came from that port.
    """

    def __init__(self, tls, way=lambda port: ()):
        self.tls = tls
        self.way = way
        self.seen = []
        self.names = {}
        if tls:
            tls.sni_callback = self._remember_name
        self.servers, self.port = _listen_on_both(self)

    def clear(self):
        self.seen = []
        for server in self.servers:
            server.clients.clear()

    @property
    def connections(self):
        return sum(len(server.clients) for server in self.servers)

    def settle(self):
        for server in self.servers:
            settle(server)

    def lists(self):
        """The requests for pods, without those of discovery."""
        return [seen for seen in self.seen if seen.path.endswith("/pods")]

    def close(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def secured(self, plain):
        """The connection after its TLS handshake; raises OSError."""
        if not self.tls:
            return plain
        plain.settimeout(20)
        return self.tls.wrap_socket(plain, server_side=True)

    def _remember_name(self, connection, name, _):
        self.names[id(connection)] = name or ""


def settle(server):
    """Waits until every connection made so far is counted: those that wait
    are taken in turn, so ours is the last."""
    with socket.create_connection(server.server_address[:2], 10) as mark:
        port = mark.getsockname()[1]
        wait_until("a connection", lambda: port in server.clients, 20)
    server.clients.remove(port)


class CountingServer(socketserver.ThreadingTCPServer):
    """`clients` are the ports of those who have come."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address, handler):
        self.clients = []
        super().__init__(address, handler)

    def process_request(self, request, client_address):
        self.clients.append(client_address[1])
        super().process_request(request, client_address)

    def handle_error(self, request, client_address):
        """A client that goes away in the middle is none of ours."""


def _listen_on_both(recorder):
    """Servers on 127.0.0.1 and ::1 with one port, and the port."""
    while True:
        first = _Server(socket.AF_INET, "127.0.0.1", 0, recorder)
        port = first.server_address[1]
        try:
            servers = [first, _Server(socket.AF_INET6, "::1", port, recorder)]
        except OSError as error:
            if "in use" in str(error):
                first.server_close()
                continue
            servers = [first]
        for server in servers:
            threading.Thread(target=server.serve_forever, args=(0.05,),
                             daemon=True).start()
        return servers, port


class _Server(CountingServer):
    def __init__(self, family, address, port, recorder):
        self.address_family = family
        self.recorder = recorder
        super().__init__((address, port), _Handler)

    def process_request_thread(self, request, client_address):
        try:
            secured = self.recorder.secured(request)
        except OSError:
            self.shutdown_request(request)
            return
        super().process_request_thread(secured, client_address)


class _Handler(JsonHandler):
    def do_GET(self):
        recorder = self.server.recorder
        seen = self._seen(recorder)
        recorder.seen.append(seen)
        self.answer(*_answer(seen.path))

    def _seen(self, recorder):
        path, _, _ = self.path.partition("?")
        # Whole URLs are for proxies.
        if "://" in path:
            path = "/" + path.split("/", 3)[3]
        identity = [(name.title(), value) for name, value in
                    self.headers.items() if name.title() in IDENTITY or
                    name.lower().startswith("impersonate-extra-")]
        subject = getattr(self.connection, "getpeercert", dict)() or {}
        names = [value for group in subject.get("subject", ())
                 for key, value in group if key == "commonName"]
        return Seen(self.command, path, self.headers.get("Host", ""),
                    tuple(sorted(identity)), "".join(names),
                    recorder.names.get(id(self.connection), ""),
                    tuple(recorder.way(self.client_address[1])))


def _answer(path):
    """Status and body; a prefix of the path does not matter."""
    for end in sorted(DISCOVERY, key=len, reverse=True):
        if path.endswith(end):
            return 200, DISCOVERY[end]
    if path.endswith("/pods"):
        return 200, NO_PODS
    return 404, {"kind": "Status", "apiVersion": "v1", "status": "Failure",
                 "reason": "NotFound", "code": 404}


def server_context(pki, name):
    """TLS with that certificate; wants clients' ones of the same CA."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pki.path(f"{name}.crt"), pki.path(f"{name}.key"))
    context.load_verify_locations(pki.path("ca.crt"))
    context.verify_mode = ssl.CERT_OPTIONAL
    return context
