# SPDX-License-Identifier: MIT
"""Ctrl-C in the middle of a round."""

import json
import signal
import socket

from harness.case import Case
from harness.daemons import wait_until
from harness.profiles import small_profile

LATER = (b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 60\r\n"
         b"Content-Length: 0\r\nConnection: close\r\n\r\n")


class Interrupt(Case):
    @classmethod
    def prepare(cls):
        cls.address = cls.demo()
        cls.pod("busy", cls.address)

    def interrupted(self, number, *words):
        """A capture ended by a signal while the CPU profile runs."""
        child = self.spawn(
            "capture", "-n", self.namespace, "--via", "pod-ip", "--seconds",
            "300", "--profiles", "cpu,heap,goroutine", "--output-dir",
            self.scratch, "-o", "json", "busy", *words)
        wait_until("the quick profiles", lambda: len(self.files()) == 2, 60)
        child.send_signal(number)
        out, err = child.communicate(timeout=60)
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


class Waiting(Case):
    """Ctrl-C while a server lets us wait: one that takes connections and never
    answers, and one that is not there."""

    @classmethod
    def prepare(cls):
        cls.pod("web", cls.world.demos[0])

    def server(self):
        listener = socket.create_server(("127.0.0.1", 0))
        listener.settimeout(60)
        self.addCleanup(listener.close)
        return listener, f"http://127.0.0.1:{listener.getsockname()[1]}"

    def assert_ends_at_once(self, listener, answer, *words):
        """Of two that wait for the server, the one that is told to ends, while
        the other still waits."""
        children = []
        for _ in range(2):
            children.append(self.spawn(*words))
            self.asked(listener, answer)
        children[0].send_signal(signal.SIGINT)
        _, err = children[0].communicate(timeout=60)
        self.assertIsNone(children[1].poll())
        self.assertEqual(children[0].returncode, 130, err)

    def asked(self, listener, answer):
        """Waits for a request, which is answered with this or never."""
        connection, _ = listener.accept()
        self.addCleanup(connection.close)
        connection.settimeout(60)
        self.assertTrue(connection.recv(4096))
        if answer:
            connection.sendall(answer)
            connection.close()

    def test_capture_asks_profefe_first_and_can_be_ended(self):
        listener, url = self.server()
        self.assert_ends_at_once(
            listener, None, "capture", "-n", self.namespace, "--via", "pod-ip",
            "--profefe-hostport", url, "web")

    def test_a_silent_profefe_is_given_up_soon(self):
        _, url = self.server()
        done = self.tool("capture", "-n", self.namespace, "--via", "pod-ip",
                         "--profefe-hostport", url, "web")
        self.assert_error(done, url, "without a complete response")

    def test_load_of_the_last_file_can_be_ended(self):
        listener, url = self.server()
        path = self.scratch / "heap.pb.gz"
        path.write_bytes(small_profile())
        self.assert_ends_at_once(listener, None, "load", path, "--service",
                                 "x", "--profefe-hostport", url)

    def test_get_can_be_ended_while_it_waits_to_try_again(self):
        listener, url = self.server()
        self.assert_ends_at_once(listener, LATER, "get", "services",
                                 "--profefe-hostport", url)
