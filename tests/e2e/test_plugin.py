# SPDX-License-Identifier: MIT
"""Called through the real kubectl, as `kubectl profefe`."""

import subprocess

from harness.case import Case
from harness.world import tool_path


class Plugin(Case):
    @classmethod
    def prepare(cls):
        cls.pod("web", cls.world.demos[0])
        environment = cls.world.plane.environment()
        cls.kubectl = f"{environment['PROFEFE_E2E_KUBE_BIN']}/kubectl"

    def run_kubectl(self, *words):
        folder = self.scratch / "bin"
        folder.mkdir()
        (folder / "kubectl-profefe").symlink_to(tool_path())
        env = self.environment()
        env["PATH"] = f"{folder}:{env['PATH']}"
        return subprocess.run([self.kubectl, *map(str, words)], env=env,
                              text=True, capture_output=True, timeout=60)

    def test_kubectl_lists_it(self):
        done = self.run_kubectl("plugin", "list")
        self.assertIn("kubectl-profefe", done.stdout)
        self.assertNotIn("warning", done.stdout + done.stderr)

    def test_capture(self):
        done = self.run_kubectl(
            "profefe", "capture", "-n", self.namespace, "web", "--via",
            "pod-ip", "--profiles", "heap,goroutine", "--output-dir",
            self.scratch, "-o", "name")
        self.assertEqual(done.returncode, 0, done.stderr)
        goroutine, heap = map(str, self.files())
        self.assertEqual(done.stdout.split(), [heap, goroutine])

    def test_the_exit_code_comes_through(self):
        done = self.run_kubectl("profefe", "capture", "--no-such-flag")
        self.assertEqual(done.returncode, 2)

    def test_usage_is_shown_as_the_user_typed_it(self):
        done = self.run_kubectl("profefe", "--help")
        self.assertEqual(done.returncode, 0)
        self.assertIn("kubectl profefe", done.stdout)
