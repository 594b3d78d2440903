# SPDX-License-Identifier: MIT
"""The profiles that are compared: captured in this run, kept with the unit
tests, made by a generator, and those of pprof's own tests."""

import concurrent.futures
import gzip
import pathlib
import shutil
import subprocess
import urllib.error
import urllib.request

from harness.cache import ROOT, Unavailable
from harness.daemons import free_port
from harness.gobuild import demo_binary

from . import legacy

KEPT = ROOT / "tests/unit/pprof/data"
ENDPOINTS = ("profile?seconds=1", "heap", "allocs", "block", "mutex",
             "goroutine", "threadcreate")
TEXTS = ("heap", "allocs", "block", "mutex", "goroutine", "threadcreate")
# First parts of the names of profiles that nobody made up.
PROGRAMS = ("kept", "demo", "etcd", "prometheus", "apiserver")


def make_corpus(world, folder):
    """Fills the folder with profiles; those of programs in the background
    while others are made. Returns what could not be had, by program."""
    folder = pathlib.Path(folder)
    for path in KEPT.glob("*.pb.gz"):
        shutil.copy(path, folder / f"kept_{path.name}")
    subprocess.run([demo_binary("./e2e/profilegen"), f"-dir={folder}"],
                   check=True)
    missing = {}
    legacy.add_made(folder)
    try:
        legacy.add_testdata(folder)
    except Unavailable as why:
        missing["legacy"] = str(why)
    programs = {"demo": _demo, "etcd": _etcd, "prometheus": _prometheus,
                "apiserver": _api_server}
    for name, start in programs.items():
        try:
            _capture(start(world), folder, name)
        except Unavailable as why:
            missing[name] = str(why)
    return missing


def _capture(get, folder, program):
    """Every profile of a program, at the same time."""
    def capture(endpoint):
        kind = endpoint.partition("?")[0]
        body = get(f"/debug/pprof/{endpoint}")
        # An empty one is no test of anything.
        if len(gzip.decompress(body)) > 200:
            (folder / f"{program}_{kind}.pb.gz").write_bytes(body)

    def capture_text(kind):
        body = get(f"/debug/pprof/{kind}?debug=1")
        (folder / f"legacy_{program}_{kind}.txt").write_bytes(body)

    with concurrent.futures.ThreadPoolExecutor(len(ENDPOINTS)) as pool:
        list(pool.map(capture, ENDPOINTS))
        list(pool.map(capture_text, TEXTS))


def _fetcher(base):
    def get(path):
        with urllib.request.urlopen(base + path, timeout=60) as answer:
            return answer.read()
    return get


def _demo(world):
    return _fetcher(f"http://{world.start_demo()}:6060")


def _etcd(world):
    world.api  # starts it
    return _fetcher(world.plane.etcd_url())


def _prometheus(world):
    if not shutil.which("prometheus"):
        raise Unavailable("prometheus is not installed")
    ip, port = world.new_address(), free_port()
    config = world.folder / "agreement-prometheus.yml"
    config.write_text("global: {}\n")
    world.start_program("agreement-prometheus", [
        "prometheus", f"--config.file={config}",
        f"--web.listen-address={ip}:{port}",
        f"--storage.tsdb.path={world.folder}/agreement-tsdb"], ip, port)
    return _fetcher(f"http://{ip}:{port}")


def _api_server(world):
    return world.api.get
