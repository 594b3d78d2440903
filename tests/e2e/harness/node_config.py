# SPDX-License-Identifier: MIT
"""Configuration files and command lines of a node's programs."""

import json
import os

from . import kubeconfig

NODE_NAME = "e2e-node"
PAUSE_IMAGE = "e2e.local/pause:1"
# Debian's package, and where the plugins' own releases are unpacked.
CNI_FOLDERS = ("/usr/lib/cni", "/opt/cni/bin")
CNI_PLUGINS = ("ptp", "host-local", "loopback")

CONTAINERD = """version = 2
root = "{node}/containerd/root"
state = "{node}/containerd/state"
[grpc]
  address = "{socket}"
[plugins."io.containerd.internal.v1.opt"]
  path = "{node}/containerd/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "{pause}"
  stream_server_address = "127.0.0.1"
  # Without CAP_SYS_RESOURCE runc cannot lower oom_score_adj, and no pod would
  # start.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    # Images of one program: overlayfs would save nothing, and is not allowed
    # on top of itself.
    snapshotter = "native"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "{cni}"
    conf_dir = "{node}/cni"
"""


def cni_folder():
    """Where the CNI plugins are, or None."""
    for folder in CNI_FOLDERS:
        if all(os.path.exists(f"{folder}/{name}") for name in CNI_PLUGINS):
            return folder
    return None


class NodeConfig:
    """Files of one node folder; every method writes and gives a command."""

    def __init__(self, sandbox, plane):
        self.folder = sandbox.state
        self.sandbox = sandbox
        self.network = sandbox.network
        self.plane = plane
        self.socket = self.folder / "containerd.sock"

    def containerd(self):
        path = self._write("containerd.toml", CONTAINERD.format(
            node=self.folder, socket=self.socket, cni=cni_folder(),
            pause=PAUSE_IMAGE))
        # No bridge: between two pods of a node it would carry packets past
        # kube-proxy's rules.
        self._write_json("cni/10-e2e.conflist", {
            "cniVersion": "0.4.0", "name": "e2e", "plugins": [{
                "type": "ptp", "ipam": {
                    "type": "host-local", "dataDir": f"{self.folder}/addresses",
                    "ranges": [[{"subnet": str(self.network.pods)}]],
                    "routes": [{"dst": "0.0.0.0/0"}]}}]})
        return ["containerd", "--config", path]

    def kubelet(self):
        pki = self.plane.pki
        pki.issue("kubelet", f"/O=system:nodes/CN=system:node:{NODE_NAME}",
                  "clientAuth")
        pki.issue("kubelet-server", f"/CN={NODE_NAME}", "serverAuth",
                  f"IP:{self.network.node}")
        path = self._write_json("kubelet.json", self._kubelet_config())
        return [self.plane.binaries / "kubelet", f"--config={path}",
                f"--kubeconfig={self._kubeconfig('kubelet')}",
                f"--root-dir={self.folder}/kubelet",
                f"--hostname-override={NODE_NAME}",
                f"--node-ip={self.network.node}"]

    def _kubelet_config(self):
        pki = self.plane.pki.path
        return {
            "kind": "KubeletConfiguration",
            "apiVersion": "kubelet.config.k8s.io/v1beta1",
            "address": str(self.network.node),
            "authentication": {
                "anonymous": {"enabled": False}, "webhook": {"enabled": True},
                "x509": {"clientCAFile": str(pki("ca.crt"))}},
            "authorization": {"mode": "Webhook"},
            "tlsCertFile": str(pki("kubelet-server.crt")),
            "tlsPrivateKeyFile": str(pki("kubelet-server.key")),
            "containerRuntimeEndpoint": f"unix://{self.socket}",
            "cgroupDriver": "cgroupfs",
            "cgroupRoot": f"/{self.sandbox.cgroup_name}",
            "failSwapOn": False, "oomScoreAdj": 0,
            # The sandbox shows the values it wants; if it missed one, say so.
            "protectKernelDefaults": True,
            "resolvConf": str(self._write("resolv.conf", "")),
            "volumePluginDir": f"{self.folder}/volume-plugins",
            "imageGCHighThresholdPercent": 100,
            # The disk and memory are the machine's: that they fill up is no
            # reason to evict pods.
            "evictionHard": {name: "0%" for name in (
                "memory.available", "nodefs.available", "imagefs.available",
                "nodefs.inodesFree", "imagefs.inodesFree")}}

    def kube_proxy(self):
        self.plane.pki.issue("kube-proxy", "/CN=system:kube-proxy",
                             "clientAuth")
        return [self.plane.binaries / "kube-proxy",
                f"--kubeconfig={self._kubeconfig('kube-proxy')}",
                f"--hostname-override={NODE_NAME}", "--proxy-mode=iptables",
                f"--cluster-cidr={self.network.pods}", "--oom-score-adj=0",
                # Writable in the machine's own network namespace only.
                "--conntrack-max-per-core=0"]

    def controller_manager(self):
        pki = self.plane.pki
        name = "kube-controller-manager"
        pki.issue(name, f"/CN=system:{name}", "clientAuth")
        return [self.plane.binaries / name, *self._controller_flags(name),
                "--use-service-account-credentials=true",
                f"--service-account-private-key-file={pki.path('sa.key')}",
                f"--root-ca-file={pki.path('ca.crt')}"]

    def scheduler(self):
        name = "kube-scheduler"
        self.plane.pki.issue(name, f"/CN=system:{name}", "clientAuth")
        return [self.plane.binaries / name, *self._controller_flags(name)]

    def _controller_flags(self, name):
        return [f"--kubeconfig={self._kubeconfig(name)}",
                "--leader-elect=false", "--secure-port=0"]

    def _kubeconfig(self, name):
        parts = kubeconfig.Parts(self.plane)
        path = self.folder / f"{name}.kubeconfig"
        return kubeconfig.write(path, parts.cluster(), parts.client(name))

    def _write_json(self, name, content):
        return self._write(name, json.dumps(content, indent=1))

    def _write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path
