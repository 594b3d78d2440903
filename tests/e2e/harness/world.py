# SPDX-License-Identifier: MIT
"""The world of one test run: made on first use, taken down at the end."""

import atexit
import functools
import pathlib
import random
import shutil
import tempfile

from .cache import Unavailable
from .claims import claim
from .cluster import Cluster
from .daemons import Daemons, listens, wait_until
from .gobuild import demo_binary
from .netns import NetworkNamespace
from .plane import ControlPlane
from .profefe import Profefe
from .workloads import deploy

DEMO_PORT = 6060


class World:
    """Programs that tests share; each is started when first asked for."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="profefe-e2e-"))
        self.daemons = Daemons(self.folder)
        self.network = f"127.{_own_network()}"
        self.addresses = 0
        self.plane_started = False
        self.cluster_started = False
        self.netns = None
        atexit.register(self.down)

    @functools.cached_property
    def plane(self):
        plane = ControlPlane(self.folder / "plane")
        self.plane_started = True
        plane.up()
        return plane

    @functools.cached_property
    def api(self):
        return self.plane.api()

    @functools.cached_property
    def cluster(self):
        """A whole cluster with the pods of tests/e2e/workloads."""
        if self.cluster_started:
            raise RuntimeError("the cluster could not be started (see above)")
        cluster = Cluster(self.folder / "cluster")
        self.cluster_started = True
        try:
            cluster.up()
        except Unavailable:
            self.cluster_started = False
            raise
        deploy(cluster)
        return cluster

    @functools.cached_property
    def profefe(self):
        """The server that tests push to: `kubectl-profefe serve`."""
        return Profefe(self.daemons, self.folder).start()

    @functools.cached_property
    def profefe_real(self):
        return Profefe(self.daemons, self.folder, real=True).start()

    @functools.cached_property
    def demos(self):
        """Three demo programs, each on an address of its own, port 6060."""
        return [self.start_demo() for _ in range(3)]

    def start_demo(self, *options, port=DEMO_PORT):
        """Starts a demo program; returns its address."""
        address = self.new_address()
        self.start_program(f"demo-{address}", [
            demo_binary("./e2e/demo"), "-listen", f"{address}:{port}",
            *options], address, port)
        return address

    def stop_demo(self, address):
        self.daemons.stop(f"demo-{address}")

    def start_program(self, name, command, address, port):
        """Starts any program and waits until it listens."""
        self.daemons.start(name, command)
        wait_until(name, lambda: listens(address, port), 30,
                   lambda: self.daemons.pid(name))

    @functools.cached_property
    def routed_demo(self):
        """The address of a demo program in a network namespace of its own:
        one that is not loopback."""
        self.netns = NetworkNamespace()
        self.start_program(
            "routed-demo", self.netns.command(
                demo_binary("./e2e/demo"), "-listen",
                f"{self.netns.address}:{DEMO_PORT}"),
            self.netns.address, DEMO_PORT)
        return self.netns.address

    def new_address(self):
        """A loopback address nobody in this run has yet."""
        self.addresses += 1
        third, last = divmod(self.addresses, 250)
        return f"{self.network}.{third}.{last + 1}"

    def down(self):
        self.daemons.stop_all()
        if self.netns:
            self.netns.remove()
        if self.cluster_started:
            Cluster(self.folder / "cluster").remove()
        if self.plane_started:
            ControlPlane(self.folder / "plane").remove()
        shutil.rmtree(self.folder, ignore_errors=True)


def _own_network():
    """The second number of addresses that no other run on this machine has."""
    numbers = random.sample(range(8, 250), 242)
    return next(number for number in numbers if claim(f"127.{number}"))


@functools.cache
def world():
    return World()


def end_world():
    """Takes down the world that `world` has made, if it has."""
    if world.cache_info().currsize:
        world().down()
