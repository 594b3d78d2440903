# SPDX-License-Identifier: MIT
"""No run of the tool gives a secret away; and a run that did would be
noticed, by harness/secrets.py, in every test of this suite."""

import base64
import gzip
import os
import pathlib
import subprocess
import tempfile
import unittest

from harness import kubeconfig, secrets
from harness.case import Case
from harness.kube import rule
from harness.kubeconfig import Parts

SECRET = "tell-nobody-1234567890"


class Hook(unittest.TestCase):
    """The search itself, with programs that leak."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        secrets.remember(SECRET)

    def run_shell(self, script, *words):
        child = secrets.Watched(
            ["sh", "-c", script, *words], cwd=self.folder, text=True,
            env=dict(os.environ, S=SECRET, E=base64.b64encode(
                f"user:{SECRET}".encode()).decode()),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return child.communicate(timeout=20)

    def assert_noticed(self, place, script, *words):
        with self.assertRaises(AssertionError) as noticed:
            self.run_shell(script, *words)
        self.assertIn(place, str(noticed.exception))
        self.assertNotIn(SECRET, str(noticed.exception))

    def test_a_secret_in_the_output(self):
        self.assert_noticed("output", 'echo "token: $S"')
        self.assert_noticed("output", 'echo "token: $S" >&2')
        self.assert_noticed("output", 'echo "Authorization: Basic $E"')

    def test_a_secret_in_a_file(self):
        self.assert_noticed("dump", 'mkdir a; echo "$S" >a/dump')
        (self.folder / "a/dump").unlink()
        self.assert_noticed("packed", 'echo "$S" | gzip >packed')

    def test_a_secret_in_the_command_line(self):
        self.assert_noticed(
            "command line", 'sh -c "sleep 0.5; true" "$S"')

    def test_a_secret_that_was_given_on_the_command_line_is_not_ours(self):
        self.run_shell("sleep 0.1", SECRET)

    def test_what_is_no_secret(self):
        out, _ = self.run_shell(f'echo "{SECRET[:-1]}"; echo hello >file')
        self.assertEqual(out, SECRET[:-1] + "\n")

    def test_private_keys_by_line_and_in_base64(self):
        secrets.remember_key("-----BEGIN PRIVATE KEY-----\nheader\n"
                             "bGluZTE5MTkxOQ\n-----END PRIVATE KEY-----\n")
        self.assertEqual(secrets.leaks("x bGluZTE5MTkxOQ x"),
                         ["a private key"])
        self.assertEqual(secrets.leaks(gzip.compress(b"bGluZTE5MTkxOQ")),
                         ["a private key"])
        self.assertEqual(secrets.leaks("header"), [])


class SecretsOfARun(Case):
    """Command lines of the tool and of all it starts, all the time."""

    @classmethod
    def prepare(cls):
        cls.pod("here", cls.world.demos[0])
        cls.world.api.service_account(cls.namespace, "reader",
                                      [rule("pods", "list", "get")])
        cls.token = cls.world.api.token(cls.namespace, "reader")

    def test_no_command_line_shows_what_a_plugin_gave_us(self):
        plugin = self.scratch / "plugin"
        (self.scratch / "answer").write_text(
            '{"apiVersion": "client.authentication.k8s.io/v1", "kind": '
            '"ExecCredential", "status": {"token": "%s"}}' % self.token)
        plugin.write_text("#!/bin/sh\nsleep 0.3\ncat answer\n")
        plugin.chmod(0o755)
        path = kubeconfig.write(
            self.scratch / "kubeconfig", Parts(self.world.plane).cluster(),
            {"exec": {"apiVersion": "client.authentication.k8s.io/v1",
                      "command": "./plugin", "interactiveMode": "Never"}},
            namespace=self.namespace)
        child = self.spawn("capture", "--via", "pod-ip", "--seconds", "1",
                           "--output-dir", self.scratch,
                           env=self.environment(KUBECONFIG=path))
        out, err = child.communicate(timeout=60)
        self.assertEqual(child.returncode, 0, out + err)
        # What it gave was looked for where it was still running.
        self.assertTrue(any("plugin" in line for line in child.command_lines))

    def test_no_command_line_keeps_what_was_typed_into_it(self):
        pods = self.scratch / "pods"
        os.mkfifo(pods)
        child = self.spawn(
            "capture", "-f", pods, "--target-header",
            f"Authorization: Bearer {SECRET}", "--target-header",
            f"Cookie: {SECRET}", "--output-dir", self.scratch,
            "--profefe-hostport", f"http://joe:{SECRET}@profefe:10100")
        # It is not read before the arguments have been.
        with open(pods, "w"):
            words = pathlib.Path(f"/proc/{child.pid}/cmdline").read_bytes()
        child.communicate(timeout=60)
        self.assertIn(b"--target-header", words)
        self.assertIn(b"@profefe:10100", words)
        self.assertNotIn(SECRET.encode(), words)
