# SPDX-License-Identifier: MIT
"""A whole Kubernetes of one node: the control plane, controllers, containerd,
kubelet, kube-proxy, and images of our programs."""

import os
import shutil
import subprocess
import sys
import tempfile

from .cache import ROOT, Unavailable
from .daemons import wait_until
from .gobuild import CONTROL_PLANE, NODE, demo_binary, kube_binaries
from .node_config import NODE_NAME, PAUSE_IMAGE, NodeConfig, cni_folder
from .pki import SERVER_NAMES
from .plane import ControlPlane
from .sandbox import Sandbox

sys.path.append(str(ROOT / "scripts"))
from container_image import write_image  # noqa: E402

PACKAGES = {"containerd": "containerd", "ctr": "containerd", "runc": "runc",
            "iptables": "iptables", "ip": "iproute2",
            "nsenter": "util-linux", "setpriv": "util-linux",
            "unshare": "util-linux"}
IMAGES = {PAUSE_IMAGE: "pause", "e2e.local/demo:1": "demo"}


class ClusterPlane(ControlPlane):
    """A control plane for a node and its pods, at an address they reach."""

    def __init__(self, state):
        super().__init__(state)
        self.sandbox = Sandbox(self.state, self.daemons)

    @property
    def address(self):
        return str(self.sandbox.network.machine)

    @property
    def server_names(self):
        service = self.sandbox.network.services[1]
        return f"{SERVER_NAMES},IP:{self.address},IP:{service}"

    def api_server_flags(self):
        pki = self.pki.path
        # What it calls the kubelet with.
        self.pki.issue("kubelet-client", "/O=system:masters/CN=kubelet-client",
                       "clientAuth")
        return [f"--advertise-address={self.address}",
                f"--service-cluster-ip-range={self.sandbox.network.services}",
                "--authorization-mode=Node,RBAC",
                "--enable-admission-plugins=NodeRestriction",
                "--kubelet-preferred-address-types=InternalIP",
                f"--kubelet-certificate-authority={pki('ca.crt')}",
                f"--kubelet-client-certificate={pki('kubelet-client.crt')}",
                f"--kubelet-client-key={pki('kubelet-client.key')}"]


class Cluster:
    """A folder that holds, or will hold, a running cluster."""

    CONTROLLERS = ("kube-controller-manager", "kube-scheduler")
    PROGRAMS = (*ControlPlane.PROGRAMS, *CONTROLLERS, "containerd", "kubelet",
                "kube-proxy")

    def __init__(self, state):
        self.plane = ClusterPlane(state)

    @property
    def daemons(self):
        return self.plane.daemons

    @property
    def sandbox(self):
        return self.plane.sandbox

    def up(self):
        """Starts what does not run yet and waits until the node is ready; a
        cluster whose node has died is begun anew.

        Raises Unavailable where this machine cannot be a node.
        """
        _check_machine()
        kube_binaries(CONTROL_PLANE + NODE)
        if not self.sandbox.runs():
            self.remove()
            self.plane = ClusterPlane(self.plane.state)
            self.sandbox.start()
        config = NodeConfig(self.sandbox, self.plane)
        self._start_inside("containerd", config.containerd())
        self.plane.up()
        self._start("kube-controller-manager", config.controller_manager)
        self._start("kube-scheduler", config.scheduler)
        self._wait("containerd", self._containerd_answers)
        for reference, program in IMAGES.items():
            self.add_image(reference, {
                f"/usr/bin/{program}": demo_binary(f"./e2e/{program}")})
        self._start_inside("kubelet", config.kubelet())
        self._start_inside("kube-proxy", config.kube_proxy())
        self._wait("kubelet", self._node_ready)

    def remove(self):
        """Stops all that was started in the folder, and removes it."""
        # First those who use the node's addresses: without the node's link
        # they would ask whoever has them elsewhere. The API server would wait
        # until all who watch it have gone, for a state that is thrown away.
        for name in (*self.CONTROLLERS, "kube-apiserver"):
            self.daemons.stop(name, seconds=1)
        self.sandbox.remove()
        self.plane.remove()

    def namespace(self, name):
        """Makes a namespace in which pods can be made."""
        api = self.plane.api()
        api.namespace(name)
        account = f"/api/v1/namespaces/{name}/serviceaccounts/default"
        self._wait("kube-controller-manager",
                   lambda: api.exists(account))

    def add_image(self, reference, programs):
        """Gives the node an image of static programs (see write_image)."""
        with tempfile.NamedTemporaryFile(dir=self.sandbox.state) as tar:
            write_image(tar.name, reference, programs)
            self.import_image(tar.name)

    def import_image(self, tar):
        self._ctr("images", "import", tar)

    def _ctr(self, *words):
        return self.sandbox.run("ctr", "--address",
                                self.sandbox.state / "containerd.sock",
                                "--namespace", "k8s.io", *words)

    def _containerd_answers(self):
        try:
            return self._ctr("version")
        except subprocess.CalledProcessError:
            return False

    def _start(self, name, command):
        if self.daemons.pid(name) is None:
            self.daemons.start(name, command())

    def _start_inside(self, name, command):
        self._start(name, lambda: self.sandbox.command(*command))

    def _wait(self, name, ready):
        try:
            wait_until(name, ready, 90, lambda: self.daemons.pid(name))
        except TimeoutError as late:
            raise RuntimeError(
                f"{late}\n{self.daemons.log_tail(name)}") from late

    def _node_ready(self):
        path = f"/api/v1/nodes/{NODE_NAME}"
        if not self.plane.api().exists(path):
            return False
        status = self.plane.api().get_json(path)["status"]
        return any(condition["type"] == "Ready"
                   and condition["status"] == "True"
                   for condition in status.get("conditions", ()))


def _check_machine():
    if os.getuid() != 0:
        raise Unavailable("a Kubernetes node needs root")
    for program, package in PACKAGES.items():
        if not shutil.which(program):
            raise Unavailable(
                f"{program} is not installed (apt install {package})")
    if cni_folder() is None:
        raise Unavailable("the CNI plugins are not installed "
                          "(apt install containernetworking-plugins)")
