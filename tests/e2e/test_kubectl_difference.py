# SPDX-License-Identifier: MIT
"""Proof by difference: what a kubeconfig, environment and flags mean to us
is what they mean to kubectl, as a server sees it that both ask for pods."""

import concurrent.futures
import functools
import os
import pathlib
import queue

from harness.binary import tool_path
from harness.cache import ROOT, Unavailable
from harness.case import Case
from harness.gobuild import kube_binaries
from harness.pki import Pki

from difference import view
from difference.bench import Bench, issue_certificates, private_possible
from difference.cases import all_cases
from difference.compare import difference
from difference.known import KNOWN, KNOWN_VIEWS
from difference.setup import Setup

BENCHES = 4
# A word that names of setups must have; for whoever looks for a difference.
ONLY = os.environ.get("PROFEFE_E2E_SETUP", "")
NOT_HERE = "cannot be compared here"


class KubectlDifference(Case):
    @classmethod
    def prepare(cls):
        cls.kubectl_path = kube_binaries(("kubectl",)) / "kubectl"
        pki = Pki(cls.world.folder / "difference-pki")
        issue_certificates(pki)
        cls.benches = queue.SimpleQueue()
        for _ in range(BENCHES):
            bench = Bench(pki)
            cls.addClassCleanup(bench.close)
            cls.benches.put(bench)
        cls.private = private_possible()

    def test_every_setup_means_the_same_to_both(self):
        compared = self.compare_all(self.on_the_wire,
                                    "asked as kubectl asks", KNOWN)
        if not ONLY:
            self.assertGreater(compared, 300)

    def test_every_kubeconfig_reads_the_same_to_both(self):
        self.printer = ROOT / "build/bench/tests/print_cluster"
        if "PROFEFE_PRINT_CLUSTER" in os.environ:
            self.printer = pathlib.Path(os.environ["PROFEFE_PRINT_CLUSTER"])
        if not self.printer.exists():
            raise Unavailable(f"{self.printer} is not built (run "
                              "scripts/build bench print_cluster)")
        self.compare_all(self.viewed, "read as kubectl reads them",
                         KNOWN_VIEWS)

    def compare_all(self, compare, what, known):
        """Each case by a bench that is free; `compare` gives a difference,
        or None, or NOT_HERE. How many could be compared."""
        cases = [case for case in all_cases() if ONLY in case[0]]
        with concurrent.futures.ThreadPoolExecutor(BENCHES) as pool:
            told = list(pool.map(functools.partial(self.compare, compare),
                                 range(len(cases)), cases))
        compared = [text for text in told if text != NOT_HERE]
        print(f"note {len(compared)} setups are {what}, {len(known)} known "
              f"differences; not here: {len(told) - len(compared)}",
              flush=True)
        for (name, _), text in zip(cases, told):
            with self.subTest(name):
                if text != NOT_HERE:
                    self.judge(name, text, known)
        return len(compared)

    def judge(self, name, text, known):
        """Nothing, or what the table knows."""
        if name in known:
            self.assertIsNotNone(
                text, f"{name} differs no longer: difference/known.py")
        else:
            self.assertIsNone(text, text)

    def compare(self, how, number, case):
        name, changes = case
        bench = self.benches.get()
        try:
            setup = Setup(bench, self.scratch / f"{number:03}")
            for change in changes:
                change(setup)
            setup.write()
            if setup.private and not self.private:
                return NOT_HERE
            return how(bench, setup)
        except Exception as broken:
            return f"cannot be compared: {broken!r}"
        finally:
            self.benches.put(bench)

    def on_the_wire(self, bench, setup):
        """Both ask for the pods of a namespace."""
        kubectl = bench.run(setup, [
            self.kubectl_path, "get", "pods", "-o", "name",
            f"--cache-dir={setup.folder}/cache"])
        ours = bench.run(setup, [tool_path(), "targets"])
        told = difference(kubectl, ours)
        return told and (
            f"{told}\nflags: {setup.flags}\nkubectl: {kubectl.code} "
            f"{kubectl.err[-600:]}\nours: {ours.code} {ours.err[-600:]}")

    def viewed(self, bench, setup):
        """Both print the entries in use. kubectl prints what it would refuse
        to use as well, so only what both print is compared."""
        if not view.comparable(setup):
            return NOT_HERE
        kubectl = bench.run(setup, [
            self.kubectl_path, "config", "view", "--minify", "--flatten",
            "--raw", "-o", "json"])
        ours = bench.run(setup, [self.printer])
        if kubectl.code or ours.code:
            return NOT_HERE
        return view.difference(kubectl.out, ours.out)
