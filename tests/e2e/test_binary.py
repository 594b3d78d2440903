# SPDX-License-Identifier: MIT
"""The release needs nothing around it (scripts/smoke has its size and kind):
here it does its main job where there is no other file."""

import os
import shutil
import subprocess

from harness.cache import ROOT, Unavailable
from harness.case import Case

RELEASE = ROOT / "build/release/kubectl-profefe"


class Compilers(Case):
    def test_gcc_12_is_refused_in_words(self):
        if not shutil.which("g++-12"):
            self.skipTest("there is no g++-12")
        done = subprocess.run(
            ["cmake", "-S", ROOT, "-B", self.scratch / "build",
             "-DCMAKE_CXX_COMPILER=g++-12"], text=True, capture_output=True,
            env=self.environment())
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("miscompiles C++ coroutines",
                      " ".join(done.stderr.split()))


class Release(Case):
    @classmethod
    def prepare(cls):
        if not RELEASE.exists():
            raise Unavailable("no release build (run scripts/build release)")
        if os.getuid() != 0:
            raise Unavailable("chroot needs root")
        cls.pod("web", cls.world.demos[0])

    def test_it_captures_from_inside_an_empty_chroot(self):
        shutil.copy(RELEASE, self.scratch)
        shutil.copy(self.world.plane.kubeconfig, self.scratch / "kubeconfig")
        (self.scratch / "tmp").mkdir()
        done = subprocess.run(
            ["/kubectl-profefe", "capture", "--kubeconfig", "/kubeconfig",
             "-n", self.namespace, "--via", "pod-ip", "--profiles", "heap"],
            text=True, capture_output=True, env={},
            preexec_fn=lambda: (os.chroot(self.scratch), os.chdir("/")))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(len(self.files("profile-heap-*")), 1)
