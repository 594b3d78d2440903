# SPDX-License-Identifier: MIT
"""etcd and kube-apiserver, with all their state in one folder."""

import json
import os
import pathlib
import shutil
import stat
import urllib.error

from .cache import Unavailable
from .daemons import Daemons, free_port, wait_until
from .gobuild import kube_binaries
from .kube import Api
from .pki import SERVER_NAMES, Pki

ISSUER = "https://kubernetes.default.svc"


class ControlPlane:
    """A folder that holds, or will hold, a running control plane."""

    PROGRAMS = ("etcd", "kube-apiserver")
    # Where the API server listens, and under which names.
    address = "127.0.0.1"
    server_names = SERVER_NAMES

    def __init__(self, state):
        self.state = pathlib.Path(state)
        self.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = self.state.lstat()
        if about.st_uid != os.getuid() or not stat.S_ISDIR(about.st_mode):
            raise PermissionError(f"{self.state} is not a folder of ours")
        self.daemons = Daemons(self.state)
        self.kubeconfig = self.state / "kubeconfig"
        self.pki = None

    def up(self):
        """Starts what does not run yet and waits until the API is ready."""
        self.binaries = kube_binaries()
        self.pki = Pki(self.state / "pki", self.server_names)
        if self.daemons.pid("etcd") is None:
            self.start_etcd()
        if self.daemons.pid("kube-apiserver") is None:
            self._start_api_server()
        self._wait_ready()

    def remove(self):
        """Stops everything that was started in the folder, and removes it."""
        self.daemons.stop_all(last=("etcd",))
        shutil.rmtree(self.state)

    def environment(self):
        """What a shell or a test needs to talk to this control plane."""
        return {
            "KUBECONFIG": str(self.kubeconfig),
            "PROFEFE_E2E_API": f"https://{self.address}:{self._ports()['api']}",
            "PROFEFE_E2E_ETCD": self.etcd_url(),
            "PROFEFE_E2E_KUBE_BIN": str(kube_binaries()),
            "PROFEFE_E2E_STATE": str(self.state),
        }

    def api(self):
        """A client with all rights, by client certificate."""
        return Api(self.environment()["PROFEFE_E2E_API"], self.state / "pki")

    def _ports(self):
        path = self.state / "ports.json"
        if not path.exists():
            names = ("etcd", "etcd-peer", "api")
            path.write_text(json.dumps({n: free_port() for n in names}))
        return json.loads(path.read_text())

    def etcd_url(self):
        return f"http://127.0.0.1:{self._ports()['etcd']}"

    def start_etcd(self):
        if not shutil.which("etcd"):
            raise Unavailable("etcd is not installed (apt install etcd-server)")
        client = self.etcd_url()
        peer = f"http://127.0.0.1:{self._ports()['etcd-peer']}"
        self.daemons.start("etcd", [
            "etcd", "--name=e2e", f"--data-dir={self.state}/etcd",
            f"--listen-client-urls={client}",
            f"--advertise-client-urls={client}",
            f"--listen-peer-urls={peer}",
            f"--initial-advertise-peer-urls={peer}",
            f"--initial-cluster=e2e={peer}",
            # Nothing here must outlive a power cut; fsync only costs time.
            "--unsafe-no-fsync", "--enable-pprof", "--logger=zap"])

    def _start_api_server(self):
        pki = self.pki.path
        self.daemons.start("kube-apiserver", [
            self.binaries / "kube-apiserver",
            f"--etcd-servers={self.etcd_url()}",
            f"--bind-address={self.address}",
            f"--secure-port={self._ports()['api']}", "--profiling=true",
            *self.api_server_flags(), f"--client-ca-file={pki('ca.crt')}",
            f"--tls-cert-file={pki('apiserver.crt')}",
            f"--tls-private-key-file={pki('apiserver.key')}",
            f"--service-account-key-file={pki('sa.pub')}",
            f"--service-account-signing-key-file={pki('sa.key')}",
            f"--service-account-issuer={ISSUER}",
            f"--cert-dir={self.state}/apiserver"])

    def api_server_flags(self):
        """For an API server alone, without controllers and nodes."""
        return [
            # A loopback address cannot be an endpoint of the Service.
            "--endpoint-reconciler-type=none",
            "--service-cluster-ip-range=10.96.0.0/16",
            "--authorization-mode=RBAC",
            # It would want a ServiceAccount in each namespace before a pod
            # may be made there, and no controller makes them.
            "--disable-admission-plugins=ServiceAccount"]

    def _wait_ready(self):
        api = self.api()

        def ready():
            try:
                return api.get("/readyz") == b"ok"
            except (OSError, urllib.error.HTTPError):
                return False

        try:
            wait_until("kube-apiserver", ready, 90,
                       lambda: self.daemons.pid("kube-apiserver"))
        except TimeoutError as late:
            tail = "\n".join(self.daemons.log_tail(name)
                             for name in self.PROGRAMS)
            raise RuntimeError(f"{late}\n{tail}") from late
        self.kubeconfig.write_text(self.admin_kubeconfig())
        self.kubeconfig.chmod(0o600)

    def admin_kubeconfig(self):
        """All rights; every certificate inside, so the file can travel."""
        user = {"client-certificate-data": self.pki.base64("admin.crt"),
                "client-key-data": self.pki.base64("admin.key")}
        cluster = {"server": self.environment()["PROFEFE_E2E_API"],
                   "certificate-authority-data": self.pki.base64("ca.crt")}
        return json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "e2e",
            "clusters": [{"name": "e2e", "cluster": cluster}],
            "users": [{"name": "admin", "user": user}],
            "contexts": [{"name": "e2e", "context":
                          {"cluster": "e2e", "user": "admin"}}]}, indent=1)
