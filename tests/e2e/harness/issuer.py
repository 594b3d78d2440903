# SPDX-License-Identifier: MIT
"""An OpenID Connect issuer, as far as a refresh needs one: where its token
endpoint is, and new tokens for a refresh token."""

import base64
import dataclasses
import http.server
import threading
import urllib.parse

from .json_handler import JsonHandler
from .recorder import server_context

DISCOVERY = "/.well-known/openid-configuration"


@dataclasses.dataclass(frozen=True)
class Asked:
    """A request as the issuer understood it."""

    path: str
    form: tuple  # pairs, sorted
    client: str  # `id:secret` of the Authorization header; empty: none


class Issuer:
    """Answers on https://127.0.0.1:port/realm. `answers` are what it says to
    those who ask for tokens, in turn, the last one again and again: pairs of
    status and JSON."""

    def __init__(self, pki, answers):
        self.answers = list(answers)
        self.asked = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0),
                                                      _Handler)
        self.server.issuer = self
        self.server.socket = server_context(pki, "apiserver").wrap_socket(
            self.server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.server.server_port}/realm"
        threading.Thread(target=self.server.serve_forever, args=(0.05,),
                         daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def tokens(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Handler(JsonHandler):
    def do_GET(self):
        issuer = self.server.issuer
        issuer.asked.append(Asked(self.path, (), self._client()))
        if self.path == "/realm" + DISCOVERY:
            self.answer(200, {"issuer": issuer.url,
                               "token_endpoint": f"{issuer.url}/token"})
        else:
            self.answer(404, {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.issuer.asked.append(Asked(
            self.path, tuple(sorted(urllib.parse.parse_qsl(body))),
            self._client()))
        self.answer(*self.server.issuer.tokens())

    def _client(self):
        scheme, _, value = self.headers.get("Authorization", "").partition(" ")
        return base64.b64decode(value).decode() if scheme == "Basic" else ""

