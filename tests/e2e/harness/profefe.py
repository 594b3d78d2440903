# SPDX-License-Identifier: MIT
"""A profefe server: ours, and the real one where it can be had."""

import json
import os
import pathlib
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from .binary import tool_path
from .cache import Unavailable, cache_dir, locked
from .daemons import free_port, wait_until

MODULE = "github.com/profefe/profefe/cmd/profefe@latest"


def real_binary():
    """profefe by $PROFEFE_BIN, from the cache, or installed there by Go.

    Raises Unavailable where none of the three works.
    """
    return go_binary("PROFEFE_BIN", "profefe", MODULE)


def go_binary(variable, name, module):
    """A Go program: $variable, else the cache, else `go install module`."""
    if os.environ.get(variable):
        return pathlib.Path(os.environ[variable])
    folder = cache_dir() / "bin"
    with locked("bin"):
        if not (folder / name).exists():
            _install(module, folder)
    return folder / name


def _install(module, folder):
    go = shutil.which("go")
    if not go:
        raise Unavailable(f"{module} cannot be had: Go is not installed")
    done = subprocess.run(
        [go, "install", module], env=dict(os.environ, GOBIN=str(folder)),
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        why = (done.stdout.strip().splitlines() or ["no message"])[-1]
        raise Unavailable(f"go install {module} failed: {why}")


class ProfefeClient:
    """A server that runs somewhere."""

    def __init__(self, url):
        self.url = url
        self.headers = {}

    def get(self, path, **query):
        """Status and body of a GET, whatever the status."""
        return self.send("GET", path, None, query)

    def push(self, body, **query):
        """Status and body of storing a profile."""
        return self.send("POST", "/api/0/profiles", body, query)

    def send(self, method, path, body, query):
        url = self.url + path
        if query:
            url += "?" + urllib.parse.urlencode(query)
        request = urllib.request.Request(url, body, self.headers,
                                         method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def rows(self, service, **query):
        """What is stored under a service name: a list of dicts."""
        status, body = self.get(
            "/api/0/profiles", service=service, **{
                "from": "2020-01-01T00:00:00", "to": "2100-01-01T00:00:00",
                **query})
        return json.loads(body)["body"] if status == 200 else []

    def fetch(self, identity):
        """The bytes of one stored profile."""
        quoted = urllib.parse.quote(urllib.parse.quote(identity, safe="+"),
                                    safe="+")
        return self.get(f"/api/0/profiles/{quoted}")[1]


class Profefe(ProfefeClient):
    """A running server that stores profiles in a folder of the test run."""

    def __init__(self, daemons, folder, real=False):
        super().__init__(f"http://127.0.0.1:{free_port()}")
        self.kind = "profefe" if real else "serve"
        self.daemons = daemons
        self.folder = pathlib.Path(folder) / self.kind
        self._command = self._real() if real else self._ours()

    @property
    def address(self):
        return self.url.removeprefix("http://")

    def _real(self):
        return [real_binary(), "-storage-type=badger",
                f"-badger.dir={self.folder}", f"-addr={self.address}"]

    def _ours(self):
        return [tool_path(), "serve", "--data", self.folder, "--listen",
                self.address]

    def start(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.daemons.start(self.kind, self._command)
        wait_until(self.kind, self._answers, 20,
                   lambda: self.daemons.pid(self.kind))
        return self

    def stop(self):
        self.daemons.stop(self.kind)

    def _answers(self):
        try:
            return self.get("/api/0/version")[0] == 200
        except urllib.error.URLError:
            return False
