# SPDX-License-Identifier: MIT
"""Pods and servers of tests/bench/hostile, and runs of the tool over them."""

import dataclasses
import itertools
import json
import os
import random
import re
import subprocess
import urllib.request

from harness.binary import tool_path
from harness.daemons import free_port
from harness.gobuild import demo_binary
from harness.profiles import stack_profile
from measure import Cost, measure

# What hostile pods do (tests/bench/hostile/pods.go).
HOSTILE = ("bomb", "endless", "stall", "headers", "drip", "garbage", "silent",
           "reset", "huge-length")
HONEST = "honest"
_numbers = itertools.count()


def half_hostile(count):
    """Kinds of so many pods: every second one honest."""
    return [HOSTILE[i // 2 % len(HOSTILE)] if i % 2 else HONEST
            for i in range(count)]


def honest_profile(stacks):
    """A profile of about 30 bytes a stack."""
    chance = random.Random(7)
    return stack_profile([("alloc_space", "bytes")], {
        ("main.main", f"main.f{i}"): [chance.randrange(1 << 40)]
        for i in range(stacks)})


class Hostile:
    """One process of tests/bench/hostile."""

    def __init__(self, world, words, wait_for=None):
        self.world = world
        self.name = f"hostile-{next(_numbers)}"
        self.address = f"127.0.0.1:{free_port()}"
        host, port = wait_for or self.address.split(":")
        world.start_program(self.name, [
            demo_binary("./bench/hostile"), f"-listen={self.address}",
            *words], host, int(port))

    def stop(self):
        self.world.daemons.stop(self.name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stats(self, scheme="http"):
        with urllib.request.urlopen(f"{scheme}://{self.address}/stats",
                                    timeout=60) as answer:
            return json.load(answer)


class Fleet(Hostile):
    """Pods of the given kinds, in order, and the list of them for -f. What a
    pod is can be seen from its service."""

    def __init__(self, world, kinds, stacks=100, delay="0s"):
        self.kinds = kinds
        port = free_port()
        addresses = [f"{world.network}.{100 + i // 250}.{i % 250 + 1}"
                     for i in range(len(kinds))]
        base = world.folder / f"fleet-{port}"
        self.pods = base.with_suffix(".pods.json")
        self.pods.write_text(json.dumps({"kind": "List", "items": [
            self._pod(i, kind, ip, port)
            for i, (kind, ip) in enumerate(zip(kinds, addresses))]}))
        base.with_suffix(".kinds").write_text(
            json.dumps(dict(zip(addresses, kinds))))
        base.with_suffix(".profile").write_bytes(honest_profile(stacks))
        super().__init__(world, [
            f"-pods={base}.kinds", f"-profile={base}.profile",
            f"-port={port}", f"-delay={delay}"], (addresses[0], port))

    @staticmethod
    def _pod(number, kind, ip, port):
        return {"kind": "Pod", "metadata": {
            "name": f"pod-{number:05}", "namespace": "faults",
            "uid": str(number), "annotations": {
                "profefe.com/enable": "true", "profefe.com/port": str(port),
                "profefe.com/service": kind}},
            "status": {"phase": "Running", "podIP": ip}}

    @property
    def honest(self):
        return self.kinds.count(HONEST)


class Sink(Hostile):
    """A server of the given mode (tests/bench/hostile/sink.go)."""

    def __init__(self, world, mode):
        super().__init__(world, [f"-sink={mode}"])
        scheme = "https" if mode == "tls" else "http"
        self.url = f"{scheme}://{self.address}"


def count_json_rows(report):
    """Profiles in a JSON report, however far it was written."""
    return report.count('"outcome":')


@dataclasses.dataclass
class Run:
    """One run of the tool."""

    cost: Cost
    out: str
    err: str

    @property
    def counts(self):
        """Profiles as the summary counts them: stored, skipped, failed,
        interrupted; none without a summary."""
        found = re.search(r"stored (\d+), skipped (\d+), failed (\d+)"
                          r"(?:, interrupted (\d+))?", self.err)
        return [int(n or 0) for n in found.groups()] if found else []

    @property
    def rows(self):
        """How many profiles the summary accounts for."""
        return sum(self.counts)

    @property
    def stored(self):
        """How many of them are stored."""
        return next(iter(self.counts), 0)

    @property
    def ending(self):
        """Its exit code in words."""
        if not self.cost.ended:
            return f"still running after {self.cost.wall:.0f} s"
        if self.cost.status == -9:
            return "killed (memory)"
        return f"exit {self.cost.status}"


def environment(world):
    return {"PATH": os.environ["PATH"], "HOME": str(world.folder),
            "KUBECONFIG": "/nowhere"}


def command(fleet, *words):
    return [tool_path(), "capture", "-f", fleet.pods, "--seconds", "1",
            *words]


def run(fleet, *words, memory=None, limit=60):
    """Runs `capture` over the fleet; `memory` is a MemoryLimit."""
    out, err = (fleet.world.folder / name for name in ("out", "err"))
    with open(out, "wb") as stdout, open(err, "wb") as stderr:
        cost = measure(command(fleet, *words), stdout, limit=limit,
                       stderr=stderr, env=environment(fleet.world),
                       preexec_fn=memory.enter if memory else None)
    return Run(cost, out.read_text(), err.read_text())


def spawn(fleet, *words):
    """The same, without waiting."""
    return subprocess.Popen(
        [str(word) for word in command(fleet, *words)],
        env=environment(fleet.world), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True)
