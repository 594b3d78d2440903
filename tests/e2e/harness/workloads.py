# SPDX-License-Identifier: MIT
"""What runs in the cluster: tests/e2e/workloads, and what only a running
cluster can tell: certificates, tokens, addresses."""

import base64
import json
import os
import subprocess
import tempfile

from . import kubeconfig, secrets
from .binary import tool_path
from .cache import ROOT, Unavailable
from .kube import ApiError

NAMESPACE = "shop"
FOLDER = ROOT / "tests/e2e/workloads"
ACCOUNTS = ("forward", "forward-get", "proxy", "list", "nothing")
# What the manifests' image is called in full, and the folder of programs that
# ask for the loader of shared libraries.
IMAGE = "docker.io/library/kubectl-profefe:latest"
LOADER = b"/lib64/ld-linux"
# What the pod "locked" asks for.
TOKEN = "correct-horse-battery-staple"


def kubectl(cluster, *words, text=None):
    """What kubectl prints, run with all rights."""
    environment = cluster.plane.environment()
    done = subprocess.run(
        [f"{environment['PROFEFE_E2E_KUBE_BIN']}/kubectl", *map(str, words)],
        input=text, text=True, capture_output=True,
        env=dict(os.environ, KUBECONFIG=environment["KUBECONFIG"]))
    if done.returncode:
        raise RuntimeError(f"kubectl {' '.join(map(str, words))}: "
                           f"{done.stderr.strip()}")
    return done.stdout


def deploy(cluster):
    """Makes the workloads and waits until each of their pods is ready."""
    cluster.namespace(NAMESPACE)
    _make_secret(cluster)
    kubectl(cluster, "apply", "-k", FOLDER)
    for workload in ("deployment/cart", "statefulset/ledger",
                     "daemonset/agent"):
        kubectl(cluster, "-n", NAMESPACE, "rollout", "status", workload,
                "--timeout=60s")
    kubectl(cluster, "-n", NAMESPACE, "wait", "pod", "--for=condition=Ready",
            "--timeout=60s", "-l", "app in (import, locked, loopback, plain)")
    for account in ACCOUNTS:
        account_kubeconfig(cluster, account)


def import_our_image(cluster):
    """Gives the node the image that the manifests name."""
    if LOADER in tool_path().read_bytes():
        raise Unavailable(f"{tool_path()} is not static (run scripts/build)")
    with tempfile.NamedTemporaryFile(dir=cluster.sandbox.state) as tar:
        subprocess.run([ROOT / "scripts/image", "--binary", tool_path(),
                        "--name", IMAGE, tar.name], check=True,
                       stdout=subprocess.DEVNULL)
        cluster.import_image(tar.name)


def deploy_profefe(cluster):
    """Makes the server of manifests/server in the namespace profefe, on a
    volume of the node, and waits until it is ready; its Service's address."""
    import_our_image(cluster)
    cluster.namespace("profefe")
    kubectl(cluster, "apply", "-f", "-", text=json.dumps(_volume(cluster)))
    kubectl(cluster, "apply", "-n", "profefe", "-k", ROOT / "manifests/server")
    kubectl(cluster, "-n", "profefe", "rollout", "status",
            "statefulset/profefe", "--timeout=60s")
    service = json.loads(kubectl(cluster, "-n", "profefe", "get", "service",
                                 "profefe", "-o", "json"))
    return service["spec"]["clusterIP"]


def _volume(cluster):
    """What a provisioner would make for the server's claim."""
    folder = cluster.sandbox.state / "profefe-data"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o777)
    return {"apiVersion": "v1", "kind": "PersistentVolume",
            "metadata": {"name": "profefe-data"},
            "spec": {"capacity": {"storage": "20Gi"},
                     "accessModes": ["ReadWriteOnce"],
                     "claimRef": {"namespace": "profefe",
                                  "name": "data-profefe-0"},
                     "hostPath": {"path": str(folder)}}}


def account_kubeconfig(cluster, name, namespace=NAMESPACE):
    """The path of a kubeconfig with a token of the ServiceAccount, whose
    context names the namespace; the token is good for an hour or more."""
    path = cluster.plane.state / f"{name}.kubeconfig"
    if not path.exists():
        token = cluster.plane.api().token(namespace, name)
        kubeconfig.write(path, kubeconfig.Parts(cluster.plane).cluster(),
                         {"token": token}, name=name, namespace=namespace)
        path.chmod(0o600)
    return path


def _make_secret(cluster):
    """The certificate is good for every address a pod can have here."""
    pki, pods = cluster.plane.pki, cluster.sandbox.network.pods
    names = ",".join(f"IP:{address}" for address in pods.hosts())
    pki.issue("locked", "/CN=locked", "serverAuth", f"DNS:locked,{names}")
    data = {"tls.crt": pki.base64("locked.crt"),
            "tls.key": pki.base64("locked.key"),
            "token": base64.b64encode(TOKEN.encode()).decode()}
    secrets.remember(TOKEN, "a pod's token")
    try:
        cluster.plane.api().post(f"/api/v1/namespaces/{NAMESPACE}/secrets",
                                 {"metadata": {"name": "locked"}, "data": data})
    except ApiError as error:
        if error.status != 409:
            raise
