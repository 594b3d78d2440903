# SPDX-License-Identifier: MIT
"""HTTP, HTTPS and SOCKS5 proxies that bring every connection to one server,
whatever it was for, and know what they were told."""

import contextlib
import select
import socket
import socketserver
import threading

from .recorder import CountingServer, settle


class RecordingProxy:
    """`kind` is http, https or socks5; `tls` the context of https.

    `upstream(port)` gives the local port of who wanted the port of a target:
    names are not resolved, so that any can be asked for.
    """

    def __init__(self, kind, upstream, tls=None):
        self.kind = kind
        self.upstream = upstream
        self.tls = tls
        # What was said, by the port our connection to the server comes from.
        self.told = {}
        handler = _Socks if kind == "socks5" else _Connect
        self.server = _Server(("127.0.0.1", 0), handler)
        self.server.proxy = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,),
                         daemon=True).start()

    def clear(self):
        self.told.clear()
        self.server.clients.clear()

    @property
    def connections(self):
        return len(self.server.clients)

    def settle(self):
        settle(self.server)

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def open(self, target, credentials):
        """A connection to the server, in the client's name."""
        port = int(target.rpartition(":")[2])
        onward = socket.create_connection(
            ("127.0.0.1", self.upstream(port)), 10)
        self.told[onward.getsockname()[1]] = (self.kind, target, credentials)
        return onward


class _Server(CountingServer):
    def process_request_thread(self, request, client_address):
        if self.proxy.tls:
            try:
                request.settimeout(20)
                request = self.proxy.tls.wrap_socket(request, server_side=True)
            except OSError:
                self.shutdown_request(request)
                return
        super().process_request_thread(request, client_address)


class _Connect(socketserver.BaseRequestHandler):
    """RFC 9110 section 9.3.6; other methods are for plain HTTP targets."""

    def handle(self):
        head = _read_head(self.request)
        request, *lines = head.decode("latin-1").split("\r\n")
        method, target, version = request.split(" ")
        pairs = [line.partition(": ")[::2] for line in lines]
        credentials = {name.lower(): value for name, value in pairs}.get(
            "proxy-authorization", "")
        proxy = self.server.proxy
        if method == "CONNECT":
            onward = proxy.open(target, credentials)
            self.request.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            host, _, path = target.removeprefix("http://").partition("/")
            onward = proxy.open(host if ":" in host else f"{host}:80",
                                credentials)
            onward.sendall("\r\n".join([f"{method} /{path} {version}", *lines]
                                       ).encode("latin-1"))
        with onward:
            _relay(self.request, onward)


class _Socks(socketserver.BaseRequestHandler):
    """RFC 1928 with RFC 1929 for who offers it."""

    def handle(self):
        _, count = self._read(2)
        methods = self._read(count)
        chosen = 2 if 2 in methods else 0
        self.request.sendall(bytes([5, chosen]))
        credentials = self._login() if chosen else ""
        _, _, _, kind = self._read(4)
        if kind == 3:
            host = self._read(self._read(1)[0]).decode()
        else:
            size, family = (4, socket.AF_INET) if kind == 1 else (
                16, socket.AF_INET6)
            host = socket.inet_ntop(family, self._read(size))
        port = int.from_bytes(self._read(2), "big")
        onward = self.server.proxy.open(f"{host}:{port}", credentials)
        self.request.sendall(bytes([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
        with onward:
            _relay(self.request, onward)

    def _login(self):
        self._read(1)
        user = self._read(self._read(1)[0]).decode()
        password = self._read(self._read(1)[0]).decode()
        self.request.sendall(b"\x01\x00")
        return f"{user}:{password}"

    def _read(self, count):
        data = b""
        while len(data) < count:
            more = self.request.recv(count - len(data))
            if not more:
                raise ConnectionError("the client has gone")
            data += more
        return data


def _read_head(connection):
    head = b""
    while b"\r\n\r\n" not in head:
        more = connection.recv(4096)
        if not more:
            raise ConnectionError("the client has gone")
        head += more
    return head


def _relay(one, other):
    with contextlib.suppress(OSError):
        while True:
            ready = [one] if getattr(one, "pending", int)() else \
                select.select([one, other], [], [], 30)[0]
            for source in ready:
                data = source.recv(65536)
                if not data:
                    return
                (other if source is one else one).sendall(data)
            if not ready:
                return
