# SPDX-License-Identifier: MIT
"""Nothing that a stranger says steers the terminal it is shown on."""

import http.server
import json
import re
import subprocess
import threading

from harness.binary import tool_path
from harness.case import Case
from harness.json_handler import JsonHandler
from harness.profiles import profile_that_says
from harness.terminal import run_on_terminal

# A title, a colour like our own, a cleared screen, C1, the direction of text,
# and characters that move the cursor.
HOSTILE = ("\x1b]0;owned\x07\x1b[31mred\x1b[2J\x9b2J\u202eback\u2066\u061c\u200f"
           "\x08\x0b\r|\x7fend")
OUR_OWN = re.compile(rb"\x1b\[(31|33|2|0)m|\r\x1b\[K")
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f"
                    "\u2028-\u202e\u2066-\u2069]")


class Rude(JsonHandler):
    """A pod, a profefe and an API server that say it in every field."""

    def do_GET(self):
        profile = {"id": HOSTILE, "type": HOSTILE, "service": HOSTILE,
                   "labels": [{"key": HOSTILE, "value": HOSTILE}],
                   "created_at": HOSTILE}
        if "/api/0/services" in self.path:
            self.answer(200, {"code": 200, "body": [HOSTILE]})
        elif "/api/0/profiles" in self.path:
            self.answer(200, {"code": 200, "body": [profile]})
        else:
            body = HOSTILE.encode() + b"\x9b31m"
            self.send_response(500)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)


class Terminal(Case):
    @classmethod
    def prepare(cls):
        server = http.server.ThreadingHTTPServer(
            (cls.world.new_address(), 0), Rude)
        cls.rude = "%s:%d" % server.server_address
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.addClassCleanup(server.server_close)
        cls.addClassCleanup(server.shutdown)

    def setUp(self):
        super().setUp()
        source = self.scratch / "source.go"
        source.write_bytes(b"line\n" + HOSTILE.encode() + b"\x9b31m\r\n" * 9)
        (self.scratch / "p").write_bytes(profile_that_says(HOSTILE))
        (self.scratch / "q").write_bytes(
            profile_that_says(HOSTILE, file=str(source), value=9))
        (self.scratch / "pods").write_text(json.dumps(self.pods()))
        (self.scratch / "kubeconfig").write_text(json.dumps({
            "current-context": HOSTILE, "contexts": [], "clusters": []}))

    def pods(self):
        """Each says it somewhere else."""
        ip, port = self.rude.split(":")
        asks = {"profefe.com/enable": "true"}
        names = [{"name": HOSTILE, "containerPort": 1}]

        def pod(name, annotations, phase="Running", ports=()):
            return {"metadata": {"name": name, "namespace": "shop",
                                 "annotations": annotations},
                    "spec": {"containers": [{"name": "c",
                                             "ports": list(ports)}]},
                    "status": {"phase": phase, "podIP": ip}}

        return {"kind": "List", "apiVersion": "v1", "items": [
            pod("phase", asks, phase=HOSTILE),
            pod("enable", {"profefe.com/enable": HOSTILE}),
            pod("key", {"profefe.com/" + HOSTILE: "true"}),
            pod("port", asks | {"profefe.com/port": HOSTILE}, ports=names),
            pod("scheme", asks | {"profefe.com/scheme": HOSTILE}),
            pod("path", asks | {"profefe.com/path": "/" + HOSTILE}),
            pod("service", asks | {"profefe.com/port": port,
                                   "profefe.com/service": HOSTILE})]}

    def alone(self):
        return self.environment(KUBECONFIG=self.scratch / "kubeconfig")

    def assert_tame(self, *words, own=False):
        """Runs it on a terminal, and looks at every byte that comes; our own
        sequences only where it has some."""
        code, shown = run_on_terminal(
            [tool_path(), *words], cwd=self.scratch, env=self.alone())
        self.assertTrue(shown, words)
        plain = OUR_OWN.sub(b"", shown) if own else shown
        # The terminal makes two characters of a line end.
        text = plain.replace(b"\r\n", b"\n").decode("utf-8", "surrogateescape")
        found = OBEYED.search(text) or re.search("[\udc80-\udcff]", text)
        self.assertIsNone(found, f"{words}: exit {code}: {shown!r}")
        return text

    def test_views_of_a_profile(self):
        for words in ("top p", "top p -o csv", "top p -o json", "tree p",
                      "peek . p", "list . q", "tags p", "raw p", "traces p",
                      "top p --focus .", "diff p q", "diff p q -o json",
                      "diff p q --fail-over 1%", "top --diff-base p q",
                      "flame p -o -", "flame p -o - --format svg",
                      "flame p -o - --format folded"):
            with self.subTest(words):
                self.assert_tame(*words.split())

    def test_pods_and_what_they_answer(self):
        for output in ("table", "json", "name"):
            with self.subTest(targets=output):
                self.assert_tame("targets", "-f", "pods", "-o", output)
        for output in ("table", "wide", "json", "name", "lines"):
            with self.subTest(capture=output):
                text = self.assert_tame(
                    "capture", "-f", "pods", "--profiles", "heap,cpu",
                    "--seconds", "1", "--output-dir", ".", "-o", output,
                    own=True)
                self.assertIn("profiles, ", text)
        self.assert_tame("top", "-f", "pods", own=True)
        self.assert_tame("top", f"http://{self.rude}/debug/pprof/heap")

    def test_profefe(self):
        at = ("--profefe-hostport", f"http://{self.rude}")
        for output in ("table", "json", "name"):
            with self.subTest(output):
                self.assert_tame("get", "services", *at, "-o", output)
                self.assert_tame("get", "profiles", "--service", "s", *at,
                                 "-o", output)
        self.assert_tame("load", "p", "--service", "s", "--profile-type",
                         "cpu", *at)
        self.assert_tame("top", "--service", "s", *at)

    def test_errors(self):
        for words in (["targets"], ["targets", "--context", HOSTILE],
                      ["targets", "-n", HOSTILE], ["top", "./" + HOSTILE],
                      ["top", HOSTILE], [HOSTILE], ["capture", HOSTILE],
                      ["targets", "--" + HOSTILE], ["get", HOSTILE],
                      ["targets", "-f", HOSTILE],
                      ["targets", "--server", f"http://{self.rude}"],
                      ["merge", "p", "q", "-o", HOSTILE + "/x"]):
            with self.subTest(words):
                self.assert_tame(*words)

    def test_in_a_pipe_the_bytes_are_those_of_the_profile(self):
        for words in ("top p", "peek . p", "tags p", "raw p", "traces p"):
            with self.subTest(words):
                out = subprocess.run(
                    [tool_path(), *words.split()], cwd=self.scratch,
                    env=self.alone(), check=True,
                    stdout=subprocess.PIPE).stdout
                self.assertIn(HOSTILE.encode(), out)

    def test_json_escapes_what_a_terminal_would_obey(self):
        for words in ("top p -o json", "targets -f pods -o json",
                      "diff p q -o json"):
            with self.subTest(words):
                done = self.tool(*words.split(), env=self.alone())
                self.assertIsNone(OBEYED.search(done.out.replace("\n", "")))
                self.assertIn(json.dumps(HOSTILE)[1:-1],
                              json.dumps(done.json))
