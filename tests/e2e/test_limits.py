# SPDX-License-Identifier: MIT
"""What the machine allows: open files, memory, folders of others."""

import http.server
import json
import os
import re
import resource
import subprocess
import threading

from harness import kubeconfig
from harness.binary import tool_path
from harness.case import Case
from harness.json_handler import JsonHandler

NOBODY = 65534


def listed(*pods):
    """A list of running pods as kubectl prints it: (name, ip) each."""
    return json.dumps({"kind": "List", "items": [
        {"kind": "Pod", "metadata": {
            "name": name, "namespace": "shop",
            "annotations": {"profefe.com/enable": "true"}},
         "status": {"phase": "Running", "podIP": ip}} for name, ip in pods]})


class OpenFiles(Case):
    def test_few_open_files_make_a_round_longer_and_not_wrong(self):
        pods = self.scratch / "pods.json"
        pods.write_text(listed(*((f"p{i}", self.world.demos[i % 3])
                                 for i in range(300))))
        done = subprocess.run(
            [tool_path(), "capture", "-f", pods, "--profiles", "heap",
             "--output-dir", self.scratch, "-o", "json"],
            env=self.environment(), text=True, capture_output=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE,
                                                  (60, 60)))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["summary"]["stored"], 300)
        self.assertIn("--concurrency", done.stderr)
        self.assertIn("60", done.stderr)


class Folders(Case):
    def test_a_folder_of_somebody_else_is_refused_before_any_pod_is_asked(
            self):
        if os.getuid() != 0:
            self.skipTest("to be somebody else needs root")
        tool = self.scratch / "tool"
        tool.write_bytes(tool_path().read_bytes())
        tool.chmod(0o755)
        self.world.folder.chmod(0o755)
        self.scratch.chmod(0o755)
        pods = self.scratch / "pods.json"
        pods.write_text(listed(("web", self.world.demos[0])))
        done = subprocess.run(
            ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}",
             "--clear-groups", tool, "capture", "-f", pods, "--profiles",
             "heap", "--output-dir", self.scratch],
            env=self.environment(), text=True, capture_output=True)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(f"error: --output-dir {self.scratch}: not writable",
                      done.stderr)
        self.assertEqual(self.files(), [])


class BigPods(JsonHandler):
    """An API server of as many pages as its context is named for; each has
    100 pods of 50 kB."""

    PODS, WEIGHT = 100, 50_000

    def do_GET(self):
        pages = self.server.pages
        page = int((re.search(r"continue=(\d+)", self.path) or [0, 0])[1])
        meta = {"continue": str(page + 1)} if page + 1 < pages else {}
        self.answer(200, {"kind": "PodList", "metadata": meta, "items": [
            {"metadata": {"name": f"p{page}-{i}", "namespace": "shop",
                          "uid": f"{page}-{i}",
                          "annotations": {"note": "x" * self.WEIGHT}},
             "status": {"phase": "Running", "podIP": "127.0.0.1"}}
            for i in range(self.PODS)]})


class Memory(Case):
    def peak(self, pages):
        """Kilobytes that `targets` takes for a cluster of so many pages."""
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), BigPods)
        server.pages = pages
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        config = kubeconfig.write(
            self.scratch / "kubeconfig",
            {"server": f"http://127.0.0.1:{server.server_port}"}, {})
        child = self.spawn("targets", "-n", "shop", "-o", "name",
                           "--chunk-size", BigPods.PODS,
                           env=self.environment(KUBECONFIG=config))
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(child.returncode, 0, child.stderr.read())
        return usage.ru_maxrss

    def test_it_is_that_of_a_page_and_not_of_the_cluster(self):
        few, many = self.peak(2), self.peak(20)
        self.assertLess(many / few, 1.5, f"{few} kB, {many} kB")
