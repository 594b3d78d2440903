# SPDX-License-Identifier: MIT
"""Builds the Go programs of the tests into the cache."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

from .cache import ROOT, Unavailable, cache_dir, locked

KUBE_VERSION = "v1.34.4"
KUBE_MODULE = ROOT / "tests/e2e/kube"
CONTROL_PLANE = ("kube-apiserver", "kubectl")
NODE = ("kube-controller-manager", "kube-proxy", "kube-scheduler", "kubelet")


def kube_binaries(names=CONTROL_PLANE):
    """The folder with the named programs of KUBE_VERSION.

    Builds those that are not there yet: minutes, once per version.
    Raises Unavailable where Go or its modules cannot be had.
    """
    folder = cache_dir() / f"kube-{KUBE_VERSION}"
    with locked("kube"):
        missing = [name for name in names if not (folder / name).exists()]
        if missing:
            _say(f"building {', '.join(missing)} {KUBE_VERSION} "
                 "(some minutes, once)")
            packages = [f"k8s.io/kubernetes/cmd/{name}" for name in missing]
            _build(KUBE_MODULE, packages, folder, _kube_flags())
    return folder


def _kube_flags():
    stamp = "-X k8s.io/component-base/version."
    return [f"-ldflags=-s -w {stamp}gitVersion={KUBE_VERSION} "
            f"{stamp}gitMajor=1 {stamp}gitMinor=34"]


def demo_binary(package):
    """A program of tests/go.mod, e.g. "./e2e/demo"; rebuilt on change."""
    module = ROOT / "tests"
    digest = hashlib.sha256((module / "go.mod").read_bytes())
    for source in sorted((module / package).glob("*.go")):
        digest.update(source.read_bytes())
    name = os.path.basename(package)
    folder = cache_dir() / "programs" / f"{name}-{digest.hexdigest()[:12]}"
    with locked("programs"):
        if not (folder / name).exists():
            _build(module, [package], folder, [])
    return folder / name


def _build(module, packages, folder, flags):
    """go build into a folder beside the wanted one, then move: each program is
    whole or absent."""
    go = shutil.which("go")
    if not go:
        raise Unavailable("Go is not installed (no `go` on the PATH)")
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = tempfile.mkdtemp(prefix=".build-", dir=folder.parent)
    try:
        done = subprocess.run(
            [go, "build", "-trimpath", *flags, "-o", f"{fresh}/", *packages],
            cwd=module, env=dict(os.environ, CGO_ENABLED="0", GOWORK="off"),
            text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            raise Unavailable("Go could not build " + " ".join(packages) +
                              ": " + _why(done.stdout))
        folder.mkdir(exist_ok=True)
        for name in os.listdir(fresh):
            os.replace(f"{fresh}/{name}", folder / name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _why(output):
    lines = [line for line in dict.fromkeys(output.splitlines())
             if line and not line.startswith("go: downloading")]
    return " | ".join(lines[-3:]) or "no message"


def _say(text):
    print(f"control-plane: {text}", file=sys.stderr, flush=True)
