# SPDX-License-Identifier: MIT
"""Where both programs are run: recording servers and proxies, certificates,
and one folder for each setup."""

import dataclasses
import os
import pathlib
import subprocess

from harness.recorder import Recorder, server_context
from harness.recording_proxy import RecordingProxy

# Both names are known to who has our /etc/hosts, see IN_PRIVATE.
HOSTS = "127.0.0.1 localhost api.example.test other.example.test\n"
NAMES = ("IP:127.0.0.1,IP:::1,DNS:localhost,DNS:api.example.test,"
         "DNS:kubernetes.default.svc,DNS:*.apps.example.test")
# /var/run is a link to /run, where a pod finds its service account.
IN_PRIVATE = """
set -e
mount --bind "$1/hosts" /etc/hosts
mount --bind "$1/run" "$(readlink -f /var/run)"
shift
exec "$@"
"""


def issue_certificates(pki):
    """All that setups name: two servers' and four users'."""
    pki.issue("recorder", "/CN=recorder", "serverAuth", NAMES)
    pki.authority("other-ca")
    pki.issue("user-ec", "/O=team/CN=user-ec", "clientAuth")
    pki.issue("user-other", "/CN=user-other", "clientAuth")
    pki.issue("user-rsa", "/CN=user-rsa", "clientAuth", key=("rsa:2048",))
    pki.issue("user-ed25519", "/CN=user-ed25519", "clientAuth",
              key=("ed25519",))
    pki.rewrite_key("user-ec", "user-ec-sec1", "ec")
    pki.rewrite_key("user-rsa", "user-rsa-pkcs1", "rsa", "-traditional")
    pki.rewrite_key("user-ec", "user-ec-encrypted", "ec", "-aes256",
                    "-passout", "pass:word")
    pki.rewrite_key("user-rsa", "user-rsa-encrypted", "pkcs8", "-topk8",
                    "-passout", "pass:word")


@dataclasses.dataclass
class Outcome:
    """What a program did, told by those who saw it."""

    code: int
    out: str
    err: str
    seen: object  # the request for pods; None: there was none
    requests: int  # for pods
    connections: int  # to the server
    proxied: int  # connections to proxies

    @property
    def kind(self):
        """asked: a request for pods was seen; met: it came to a connection
        and no further; apart: nobody has seen it."""
        if self.seen:
            return "asked" if self.code == 0 else "asked in vain"
        return "met" if self.connections or self.proxied else "apart"


class Bench:
    """Servers for one setup at a time; several benches may work at once."""

    def __init__(self, pki):
        self.pki = pki
        self.proxies = {}
        self.tls = Recorder(server_context(pki, "recorder"), self._way)
        self.plain = Recorder(None, self._way)
        self.servers = (self.tls, self.plain)
        for kind in ("http", "https", "socks5"):
            tls = server_context(pki, "recorder") if kind == "https" else None
            self.proxies[kind] = RecordingProxy(kind, self._port, tls)

    def close(self):
        for part in (*self.servers, *self.proxies.values()):
            part.close()

    def url(self, host="127.0.0.1", path=""):
        return f"https://{host}:{self.tls.port}{path}"

    def proxy_url(self, kind, login=""):
        return f"{kind}://{login}127.0.0.1:{self.proxies[kind].port}"

    def run(self, setup, command, **changes):
        """Runs a program in a setup that is written; what it did."""
        for part in (*self.servers, *self.proxies.values()):
            part.clear()
        env = {"PATH": os.environ["PATH"], "HOME": str(setup.home),
               **setup.environment(), **changes}
        command = [*map(str, command), *setup.flags]
        if setup.private:
            command = ["unshare", "--mount", "--propagation", "private", "sh",
                       "-c", IN_PRIVATE, "sh", str(setup.folder), *command]
        try:
            done = subprocess.run(
                command, env=env, cwd=setup.work, stdin=subprocess.DEVNULL,
                capture_output=True, text=True, errors="replace", timeout=40)
            code, out, err = done.returncode, done.stdout, done.stderr
        except subprocess.TimeoutExpired:
            code, out, err = -1, "", "does not end"
        for part in (*self.servers, *self.proxies.values()):
            part.settle()
        lists = [seen for server in self.servers for seen in server.lists()]
        return Outcome(
            code, out, err,
            lists[-1] if lists else None, len(lists),
            sum(server.connections for server in self.servers),
            sum(proxy.connections for proxy in self.proxies.values()))

    def _port(self, asked):
        """Of the server behind that port; the TLS one has them all."""
        return self.plain.port if asked in (80, self.plain.port) else \
            self.tls.port

    def _way(self, port):
        return [proxy.told[port] for proxy in self.proxies.values()
                if port in proxy.told]


def private_possible():
    """Whether this user may have mounts of their own."""
    probe = ["unshare", "--mount", "--propagation", "private", "true"]
    return os.getuid() == 0 and not subprocess.run(
        probe, capture_output=True).returncode


def write(path, text):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path
