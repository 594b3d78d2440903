# SPDX-License-Identifier: MIT
"""What a pod is shown and where it is believed to be."""

import http.server
import json
import threading

from harness.case import Case
from harness.profiles import small_profile

TOKEN = "for-pods-only-1234567890"
REFUSED = ("refusing to send the token over plain HTTP; annotate the pod "
           "with profefe.com/scheme: https or use --target-token-insecure")


class Pod(http.server.BaseHTTPRequestHandler):
    """Serves every profile, and remembers what it was shown."""

    def do_GET(self):
        self.server.shown.append(self.headers.get("Authorization"))
        body = small_profile()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class PodTrust(Case):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(
            (self.world.new_address(), 0), Pod)
        self.server.shown = []
        threading.Thread(target=self.server.serve_forever,
                         daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        ip, port = self.server.server_address
        (self.scratch / "pods").write_text(json.dumps({
            "kind": "Pod", "apiVersion": "v1",
            "metadata": {"name": "api", "namespace": "shop", "annotations": {
                "profefe.com/enable": "true", "profefe.com/port": str(port)}},
            "status": {"phase": "Running", "podIP": ip}}))

    def heap(self, *words):
        return self.tool(
            "capture", "-f", "pods", "--profiles", "heap,goroutine", "-o",
            "json", "--output-dir", self.scratch, *words,
            env=self.environment(KUBECONFIG="/nowhere", POD_TOKEN=TOKEN))

    def test_a_token_is_not_sent_over_plain_http(self):
        for words in (["--target-token-env", "POD_TOKEN"],
                      ["--target-header", f"authorization: Bearer {TOKEN}"]):
            with self.subTest(words[0]):
                done = self.heap(*words)
                self.assert_exit(done, 1)
                self.assertEqual({row["reason"]
                                  for row in done.json["profiles"]}, {REFUSED})
        self.assertEqual(self.server.shown, [])

    def test_it_is_where_the_user_says_so(self):
        done = self.heap("--target-token-env", "POD_TOKEN",
                         "--target-token-insecure")
        self.assert_exit(done, 0)
        self.assertEqual(set(self.server.shown), {f"Bearer {TOKEN}"})

    def test_other_headers_are_no_secret(self):
        self.assert_exit(self.heap("--target-header", "X-Team: shop"), 0)
        self.assertEqual(set(self.server.shown), {None})

    def test_files_can_be_asked_to_survive_a_power_cut(self):
        (self.scratch / ".profefe-1-0.partial").write_bytes(b"left behind")
        done = self.heap("--fsync")
        self.assert_exit(done, 0)
        self.assertEqual(done.json["summary"]["stored"], 2)
        self.assertEqual(self.files(".*"), [])
