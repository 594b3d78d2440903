# SPDX-License-Identifier: MIT
"""Serves the page of `kubectl profefe web` with answers that a test sets: late
ones, errors, captures that take a while. The program's own are tested elsewhere."""

import http.server
import json
import pathlib
import re
import threading
import urllib.parse

from .cache import Unavailable, cache_dir

PAGE = pathlib.Path(__file__).parents[3] / "lib/web/page"
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self';"
          " img-src 'self' data:; connect-src 'self'; frame-src 'self';"
          " base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
TEXT, HTML = "text/plain; charset=utf-8", "text/html; charset=utf-8"
JSON, SCRIPT = "application/json", "text/javascript; charset=utf-8"


def dagre():
    found = sorted(cache_dir().glob("dagre-*/dagre.min.js"))
    if not found:
        raise Unavailable("no dagre (run scripts/page-library)")
    return found[-1].read_text()


def joined(files):
    """What the build puts behind one another: a list of page/assets.cmake."""
    order = re.search(rf"set\({files} ([^)]*)\)",
                      (PAGE / "assets.cmake").read_text())[1].split()
    return "".join((PAGE / name).read_text() for name in order)


def assets():
    return {"/assets/app.js": (SCRIPT, joined("web_scripts")),
            "/assets/app.css":
            ("text/css; charset=utf-8", joined("web_styles")),
            "/assets/dagre.js": (SCRIPT, dagre())}


class PageServer:
    """`answers` by what follows /api/: a function of the query and the body, whose
    value is sent as JSON, or as text if it is a string, or with a status if it is
    such a pair. `asked` is what came in: method, path, query."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        self.assets = assets()
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self):
                owner.answer(self)

            do_GET = do_POST = do_DELETE = answer

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request):
        url = urllib.parse.urlsplit(request.path)
        length = int(request.headers.get("Content-Length") or 0)
        body = json.loads(request.rfile.read(length)) if length else None
        query = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
        if url.path.startswith("/ui/"):
            self.send(request, 200, HTML, (PAGE / "index.html").read_text())
        elif url.path in self.assets:
            self.send(request, 200, *self.assets[url.path])
        else:
            self.asked.append((request.command, url.path, query))
            self.answer_api(request, url.path.removeprefix("/api/"), query, body)

    def answer_api(self, request, name, query, body):
        make = self.answers.get(f"{request.command} {name}",
                                self.answers.get(name))
        value = make(query, body) if make else (404, {"error": "no such report"})
        status, value = value if isinstance(value, tuple) else (200, value)
        if not isinstance(value, str):
            self.send(request, status, JSON, json.dumps(value))
        else:
            self.send(request, status, HTML if "<" in value[:1] else TEXT, value)

    def send(self, request, status, kind, text):
        content = text.encode()
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(content)))
        request.send_header("Content-Security-Policy", POLICY if kind == HTML
                            and "/ui/" in request.path else "frame-ancestors 'self'")
        request.end_headers()
        try:
            request.wfile.write(content)
        except OSError:
            pass  # the page wanted it no more
