# SPDX-License-Identifier: MIT
"""A network namespace with one address, as pods have them.

The API server's pod proxy refuses loopback addresses, so a pod behind it
needs a real one. 198.18.0.0/15 is kept for tests (RFC 2544).
"""

import os
import random
import shutil
import subprocess

from .cache import Unavailable


class NetworkNamespace:
    """One veth pair: `address` inside, reachable from this machine."""

    def __init__(self):
        if os.getuid() != 0:
            raise Unavailable("a network namespace needs root")
        if not shutil.which("ip"):
            raise Unavailable("ip is not installed (apt install iproute2)")
        number = random.randrange(2 ** 14)
        self.name = f"profefe-e2e-{number}"
        self.link = f"pfe2e{number}"
        prefix = f"198.18.{number // 64}.{number % 64 * 4}"
        host, inside = (_plus(prefix, n) for n in (1, 2))
        self.address = inside
        try:
            _ip("netns", "add", self.name)
            _ip("link", "add", self.link, "type", "veth", "peer", "name",
                "eth0", "netns", self.name)
            _ip("addr", "add", f"{host}/30", "dev", self.link)
            _ip("link", "set", self.link, "up")
            self._inside("addr", "add", f"{inside}/30", "dev", "eth0")
            for device in ("eth0", "lo"):
                self._inside("link", "set", device, "up")
        except subprocess.CalledProcessError as error:
            self.remove()
            raise Unavailable("no network namespace can be made here: "
                              f"{error.stderr.strip()}") from error

    def command(self, *words):
        """The same command, to run inside."""
        return ["ip", "netns", "exec", self.name, *words]

    def remove(self):
        subprocess.run(["ip", "netns", "del", self.name], capture_output=True)

    def _inside(self, *words):
        _ip("-n", self.name, *words)


def _ip(*words):
    subprocess.run(["ip", *words], check=True, text=True, capture_output=True)


def _plus(address, number):
    head, _, last = address.rpartition(".")
    return f"{head}.{int(last) + number}"
