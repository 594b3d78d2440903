# SPDX-License-Identifier: MIT
"""No run of the tool gives a secret away; and a run that did would be
noticed, by harness/secrets.py, in every test of this suite."""

import base64
import gzip
import os
import pathlib
import resource
import signal
import subprocess
import tempfile
import time
import unittest

from harness import kubeconfig, secrets
from harness.binary import tool_path
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



class SecretsOnTheCommandLine(Case):
    """No server is asked: the pods are read from a pipe that is empty."""

    def alone(self):
        return self.environment(KUBECONFIG="/nowhere")

    def while_it_runs(self, look, *words):
        """What `look` sees of a capture that has read its arguments."""
        pods = self.scratch / "pods"
        pods.unlink(missing_ok=True)
        os.mkfifo(pods)
        child = self.spawn("capture", "-f", pods, "--output-dir", self.scratch,
                           *words, env=self.alone())
        with self.open_for(child, pods):
            seen = look(child)
        child.communicate(timeout=60)
        return seen

    def open_for(self, child, pods):
        """The pipe, once the child reads from it."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            self.assertIsNone(child.poll(), "it ended before it read")
            try:
                return os.fdopen(os.open(pods, os.O_WRONLY | os.O_NONBLOCK),
                                 "w")
            except OSError:  # nobody has it open
                time.sleep(0.02)
        self.fail("the pipe is not read")

    @staticmethod
    def command_line(child):
        return pathlib.Path(f"/proc/{child.pid}/cmdline").read_bytes()

    def test_what_was_typed_is_written_over_in_every_spelling(self):
        bearer = f"Authorization: Bearer {SECRET}"
        for words, kept in (
                (["--target-header", bearer], "--target-header"),
                ([f"--target-header={bearer}"], "--target-header="),
                ([f"----target-header={bearer}"], "----target-header="),
                ([f"--target_header={bearer}"], "--target_header="),
                (["----token", SECRET], "----token"),
                ([f"----token={SECRET}"], "----token="),
                (["--password", SECRET], "--password"),
                ([f"--server=joe:{SECRET}@host"], "@host"),
                ([f"-sjoe:{SECRET}@host"], "@host"),
                ([f"-s=joe:{SECRET}@host"], "@host"),
                (["-s", f"joe:{SECRET}@host"], "@host"),
                ([f"-Asjoe:{SECRET}@host"], "@host")):
            with self.subTest(words):
                seen = self.while_it_runs(self.command_line, *words)
                self.assertIn(kept.encode(), seen)
                self.assertNotIn(SECRET.encode(), seen)

    def dumps_core(self, program):
        """Whether it does when it is told to by a signal."""
        os.kill(program.pid, signal.SIGABRT)
        _, status = os.waitpid(program.pid, 0)
        program.returncode = status  # it has been waited for
        return os.WCOREDUMP(status)

    def test_no_core_file_is_written(self):
        before = resource.getrlimit(resource.RLIMIT_CORE)
        limit = before[1]
        resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_CORE, before)
        other = subprocess.Popen(["sleep", "60"], cwd=self.scratch)
        if not self.dumps_core(other):
            self.skipTest("no program dumps core here")
        pods = self.scratch / "pods"
        os.mkfifo(pods)
        ours = subprocess.Popen(
            [tool_path(), "targets", "-f", pods], cwd=self.scratch,
            env=self.alone())
        with open(pods, "w"):
            self.assertFalse(self.dumps_core(ours))
