# SPDX-License-Identifier: MIT
"""Called through the real kubectl, as `kubectl profefe`."""

from harness.case import Case


class Plugin(Case):
    @classmethod
    def prepare(cls):
        cls.pod("web", cls.world.demos[0])

    def test_kubectl_lists_it(self):
        done = self.kubectl("plugin", "list")
        self.assertIn("kubectl-profefe", done.out)
        self.assertNotIn("warning", done.out + done.err)

    def test_capture(self):
        done = self.kubectl(
            "profefe", "capture", "-n", self.namespace, "web", "--via",
            "pod-ip", "--profiles", "heap,goroutine", "--output-dir",
            self.scratch, "-o", "name")
        self.assertEqual(done.code, 0, done.err)
        goroutine, heap = map(str, self.files())
        self.assertEqual(done.out.split(), [heap, goroutine])

    def test_the_exit_code_comes_through(self):
        done = self.kubectl("profefe", "capture", "--no-such-flag")
        self.assertEqual(done.code, 2)

    def test_usage_is_shown_as_the_user_typed_it(self):
        done = self.kubectl("profefe", "--help")
        self.assertEqual(done.code, 0)
        self.assertIn("kubectl profefe", done.out)
