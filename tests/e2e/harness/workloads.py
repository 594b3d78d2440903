# SPDX-License-Identifier: MIT
"""What runs in the cluster: tests/e2e/workloads, and what only a running
cluster can tell: certificates, tokens, addresses."""

import base64
import os
import subprocess

from . import kubeconfig, secrets
from .cache import ROOT
from .kube import ApiError

NAMESPACE = "shop"
FOLDER = ROOT / "tests/e2e/workloads"
ACCOUNTS = ("forward", "forward-get", "proxy", "list", "nothing")
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
