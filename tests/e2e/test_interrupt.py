# SPDX-License-Identifier: MIT
"""Ctrl-C in the middle of a round."""

import json
import signal
import time

from harness.case import Case
from harness.daemons import wait_until


class Interrupt(Case):
    @classmethod
    def prepare(cls):
        cls.address = cls.demo()
        cls.pod("busy", cls.address)

    def interrupted(self, number, *words):
        """A capture ended by a signal while the CPU profile runs."""
        child = self.spawn(
            "capture", "-n", self.namespace, "--via", "pod-ip", "--seconds",
            "30", "--profiles", "cpu,heap,goroutine", "--output-dir",
            self.scratch, "-o", "json", "busy", *words)
        wait_until("the quick profiles", lambda: len(self.files()) == 2, 20)
        began = time.monotonic()
        child.send_signal(number)
        out, err = child.communicate(timeout=20)
        self.assertLess(time.monotonic() - began, 15)
        self.assertEqual(child.returncode, 130, err)
        return json.loads(out)

    def test_what_was_fetched_is_kept_and_the_rest_reported(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number.name):
                report = self.interrupted(number)
                outcomes = {row["type"]: row["outcome"]
                            for row in report["profiles"]}
                self.assertEqual(outcomes, {
                    "cpu": "interrupted", "heap": "stored",
                    "goroutine": "stored"})
                self.assertEqual(report["summary"]["interrupted"], 1)
                for file in self.files():
                    file.unlink()

    def test_no_half_written_file_is_left(self):
        self.interrupted(signal.SIGINT)
        self.assertEqual(list(self.scratch.glob(".*")), [])

    def test_the_profiler_of_the_pod_is_free_again(self):
        self.interrupted(signal.SIGINT)
        done = self.capture("-n", self.namespace, "busy", "--profiles", "cpu")
        self.assert_exit(done, 0)
