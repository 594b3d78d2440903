# SPDX-License-Identifier: MIT
"""The machine a node believes it is: namespaces of its own on this one.

A kubelet changes the machine it runs on: bridges and iptables chains, mounts,
sysctls, cgroups, files under /run and /var/log. Here all of that happens in a
network, mount and PID namespace, and ends with their first process.
"""

import ipaddress
import json
import os
import pathlib
import random
import shutil
import subprocess

from . import cgroup
from .cache import Unavailable, cache_dir
from .daemons import wait_until
from .gobuild import demo_binary

# What a kubelet and kube-proxy would set. Each is shown to them as a file of
# its own, so the machine's own value stays.
SYSCTLS = {"kernel/keys/root_maxbytes": "25000000",
           "kernel/keys/root_maxkeys": "1000000",
           "kernel/panic": "10", "kernel/panic_on_oops": "1",
           "vm/overcommit_memory": "1", "vm/panic_on_oom": "0"}
# Folders that containerd and kubelet write to whatever their configuration
# says.
PRIVATE_FOLDERS = ("/run", "/var/lib", "/var/log")


class Network:
    """One /24 of 198.18.0.0/15, which is kept for tests (RFC 2544)."""

    def __init__(self, number):
        self.number = number
        self.all = ipaddress.ip_network(f"198.19.{number}.0/24")
        self.pods = ipaddress.ip_network(f"198.19.{number}.0/25")
        self.services = ipaddress.ip_network(f"198.19.{number}.128/26")
        self.machine = self.all[253]
        self.node = self.all[254]
        self.link = f"pfe2e-node{number}"

    @classmethod
    def unused(cls):
        routes = _run("ip", "-4", "route", "show")
        free = [n for n in range(256) if f"198.19.{n}." not in routes]
        return cls(random.choice(free))


class Sandbox:
    """A node's namespaces, link and cgroup; kept in a folder."""

    NAME = "node"

    def __init__(self, state, daemons):
        self.state = pathlib.Path(state) / "node"
        self.daemons = daemons
        self.cgroup = None

    @property
    def network(self):
        """The addresses; chosen once for a state folder."""
        path = self.state / "network.json"
        if not path.exists():
            self.state.mkdir(exist_ok=True)
            path.write_text(json.dumps(Network.unused().number))
        return Network(json.loads(path.read_text()))

    @property
    def cgroup_name(self):
        return f"kubectl-profefe-e2e-{self.network.number}"

    def runs(self):
        return self.daemons.pid(self.NAME) is not None

    def start(self):
        """Makes the namespaces, links them to the machine, hides the machine's
        own folders. Raises Unavailable where the system forbids it."""
        pause = demo_binary("./e2e/pause")
        self.daemons.start("unshare", [
            "unshare", "--net", "--mount", "--pid", "--fork", "--kill-child",
            "--mount-proc", "--propagation", "private", pause])
        try:
            wait_until("namespaces", self._find_first_process, 10,
                       lambda: self.daemons.pid("unshare"))
            self._link()
            self._hide_folders()
            self._hide_sysctls()
        except (TimeoutError, subprocess.CalledProcessError) as error:
            why = (getattr(error, "stderr", "") or
                   self.daemons.log_tail("unshare") or str(error))
            self.remove()
            raise Unavailable(
                f"no node can be made here: {why.strip()}") from error
        cgroup.make(self.cgroup_name)

    def command(self, *words):
        """The same command, to run inside; it ends with what started it."""
        return ["nsenter", "--target", str(self.daemons.pid(self.NAME)),
                "--net", "--mount", "--pid", "--", "setpriv", "--pdeathsig",
                "KILL", "--", *map(str, words)]

    def run(self, *words):
        return _run(*self.command(*words))

    def remove(self):
        """Ends every process inside, and with them all they have made."""
        self.daemons.stop(self.NAME)
        self.daemons.stop("unshare")
        if not self.state.exists():
            return
        subprocess.run(["ip", "link", "del", self.network.link],
                       capture_output=True)
        cgroup.remove(self.cgroup_name)
        shutil.rmtree(self.state)

    def _find_first_process(self):
        parent = self.daemons.pid("unshare")
        path = pathlib.Path(f"/proc/{parent}/task/{parent}/children")
        for child in path.read_text().split():
            # Before it is pause it is unshare, still preparing its mounts.
            if os.readlink(f"/proc/{child}/exe").endswith("/pause"):
                self.daemons.adopt(self.NAME, int(child))
                return True
        return False

    def _link(self):
        net, pid = self.network, str(self.daemons.pid(self.NAME))
        _run("ip", "link", "add", net.link, "type", "veth", "peer", "name",
             "eth0", "netns", pid)
        _run("ip", "addr", "add", f"{net.machine}/30", "dev", net.link)
        _run("ip", "link", "set", net.link, "up")
        self.run("ip", "addr", "add", f"{net.node}/30", "dev", "eth0")
        for device in ("eth0", "lo"):
            self.run("ip", "link", "set", device, "up")
        # The kubelet looks for a default route to know its own address.
        self.run("ip", "route", "add", "default", "via", net.machine)
        self.run("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward")
        _run("ip", "route", "add", net.all, "via", net.node)

    def _hide_folders(self):
        """Empty folders in their place, but for what the node works with."""
        for folder in PRIVATE_FOLDERS:
            own = self.state / "root" / folder.lstrip("/")
            own.mkdir(parents=True)
            for kept in (self.state.parent.resolve(), cache_dir().resolve()):
                if kept.is_relative_to(folder):
                    shown = own / kept.relative_to(folder)
                    shown.mkdir(parents=True)
                    self.run("mount", "--bind", kept, shown)
            self.run("mount", "--rbind", own, folder)

    def _hide_sysctls(self):
        for name, value in SYSCTLS.items():
            own = self.state / "root/sysctl" / name
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_text(f"{value}\n")
            self.run("mount", "--bind", own, f"/proc/sys/{name}")


def _run(*words):
    return subprocess.run([*map(str, words)], check=True, text=True,
                          capture_output=True).stdout
