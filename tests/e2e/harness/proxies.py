# SPDX-License-Identifier: MIT
"""Proxies of Debian's: tinyproxy for HTTP, microsocks for SOCKS5."""

import re
import shutil

from .cache import Unavailable
from .daemons import free_port, listens, wait_until

TINYPROXY = """Port {port}
Listen 127.0.0.1
Timeout 600
MaxClients 200
LogLevel Connect
"""


class Proxy:
    """One that runs; `url` has the login when there is one."""

    def __init__(self, world, kind, user="", password=""):
        program = {"http": "tinyproxy", "socks5": "microsocks"}[kind]
        if not shutil.which(program):
            raise Unavailable(f"{program} is not installed (apt install "
                              f"{program})")
        self.port = free_port()
        self.name = f"{program}-{self.port}"
        self.daemons = world.daemons
        login = f"{user}:{password}@" if user else ""
        self.url = f"{kind}://{login}127.0.0.1:{self.port}"
        start = self._tinyproxy if kind == "http" else self._microsocks
        self.daemons.start(self.name, start(world, user, password))
        wait_until(self.name, lambda: listens("127.0.0.1", self.port), 20,
                   lambda: self.daemons.pid(self.name))

    def targets(self):
        """Of all connections so far: pairs of host and port, in order."""
        text = self.daemons.log_file(self.name).read_text(errors="replace")
        return re.findall(r"(?:CONNECT |connected to )\[?([\w.:-]+?)\]?"
                          r":(\d+)(?= HTTP|\s*$)", text, re.MULTILINE)

    def stop(self):
        self.daemons.stop(self.name)

    def _tinyproxy(self, world, user, password):
        path = world.folder / f"{self.name}.conf"
        text = TINYPROXY.format(port=self.port)
        if user:
            text += f"BasicAuth {user} {password}\n"
        path.write_text(text)
        return ["tinyproxy", "-d", "-c", path]

    def _microsocks(self, _, user, password):
        login = ["-u", user, "-P", password] if user else []
        return ["microsocks", "-i", "127.0.0.1", "-p", self.port, *login]
