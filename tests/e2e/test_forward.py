# SPDX-License-Identifier: MIT
"""Port-forward to pods that really run, and how a route is chosen."""

import json
import os
import pathlib
import signal
import tempfile

from harness.cluster_case import ClusterCase
from harness.daemons import wait_until
from harness.profiles import pprof_top
from harness.workloads import FOLDER, NAMESPACE, TOKEN, kubectl

REACHABLE = "app in (agent, cart, import, ledger, loopback)"


def tcp_states(pid):
    """The states, as in /proc/net/tcp, of a process's own TCP sockets."""
    sockets = {os.readlink(link) for link in
               pathlib.Path(f"/proc/{pid}/fd").iterdir()}
    states = []
    for table in ("tcp", "tcp6"):
        rows = pathlib.Path(f"/proc/{pid}/net/{table}").read_text()
        for row in map(str.split, rows.splitlines()[1:]):
            if f"socket:[{row[9]}]" in sockets:
                states.append(row[3])
    return states


class PortForward(ClusterCase):
    def forward(self, *words, **run):
        return self.capture_by("port-forward", *words, **run)

    def reason(self, done, code=1):
        """Of the one row that there is."""
        self.assert_exit(done, code)
        [row] = done.json["profiles"]
        self.assertEqual(row["outcome"], "failed")
        return row["reason"]

    def test_every_kind_of_workload_and_127_0_0_1_too(self):
        done = self.forward("-l", REACHABLE, "--profiles",
                            "cpu,heap,allocs,block,mutex,goroutine",
                            env=self.as_account("forward"))
        self.assert_exit(done, 0)
        rows = done.json["profiles"]
        self.assertEqual({row["via"] for row in rows}, {"port-forward"})
        self.assertEqual({row["pod"] for row in rows if row["outcome"] ==
                          "stored" and row["type"] == "cpu"},
                         {pod for app in ("agent", "cart", "import", "ledger",
                                          "loopback")
                          for pod in self.pods(app)})
        for file in self.files():
            pprof_top(file)

    def test_no_local_port_is_opened(self):
        child = self.spawn(
            "capture", "-n", NAMESPACE, "--via", "port-forward", "--profiles",
            "heap,cpu", "--seconds", "3", "--output-dir", self.scratch,
            "loopback")
        wait_until("the heap profile", lambda: self.files(), 20)
        states = tcp_states(child.pid)  # while the CPU profile is sampled
        self.assertEqual(child.wait(30), 0)
        listening, established = "0A", "01"
        self.assertIn(established, states)
        self.assertNotIn(listening, states)

    def test_get_is_enough_for_this_version(self):
        done = self.forward("loopback", "--profiles", "heap",
                            env=self.as_account("forward-get"))
        self.assert_exit(done, 0)

    def test_without_the_right_the_verb_and_resource_are_named(self):
        done = self.forward("-l", "app=cart", "--profiles", "heap,goroutine",
                            env=self.as_account("proxy"))
        self.assert_exit(done, 1)
        rows = done.json["profiles"]
        self.assertEqual(len(rows), 6)
        for row in rows:
            self.assertEqual(
                row["reason"],
                'forbidden (403): "system:serviceaccount:shop:proxy" needs '
                'the verb "get" on "pods/portforward" in namespace "shop"')

    def test_a_port_on_which_nothing_listens(self):
        reason = self.reason(self.forward("plain", "--profiles", "heap"))
        self.assertIn("nothing listens on port 6060", reason)

    def test_30_seconds_of_silence_are_no_end(self):
        done = self.forward("-l", "app=cart", "--profiles", "cpu",
                            "--seconds", "30", timeout=90)
        self.assert_exit(done, 0)
        for row in done.json["profiles"]:
            self.assertLess(row["duration_seconds"], 34)
        for file in self.files():
            self.assertIn("main.hash", pprof_top(file))

    def test_a_pod_that_is_deleted_meanwhile_is_said_to_be(self):
        manifest = (FOLDER / "loopback.yaml").read_text()
        kubectl(self.cluster, "-n", NAMESPACE, "apply", "-f", "-",
                text=manifest.replace("loopback", "doomed"))
        wait_until("a pod that serves profiles", lambda: self.forward(
            "doomed", "--profiles", "goroutine").code == 0, 60)
        child = self.spawn(
            "capture", "-n", NAMESPACE, "--via", "port-forward", "--profiles",
            "heap,cpu", "--seconds", "30", "--output-dir", self.scratch, "-o",
            "json", "doomed")
        wait_until("the heap profile",
                   lambda: self.files("profile-heap-*"), 20)
        kubectl(self.cluster, "-n", NAMESPACE, "delete", "pod", "doomed",
                "--grace-period=0", "--force")
        out, err = child.communicate(timeout=60)
        self.assertEqual(child.returncode, 3, err)
        [reason] = [row["reason"] for row in json.loads(out)["profiles"]
                    if row["outcome"] == "failed"]
        self.assertRegex(reason, "^the pod (has been|is being) deleted")

    def test_an_interrupt_frees_the_profiler(self):
        child = self.spawn(
            "capture", "-n", NAMESPACE, "--via", "port-forward", "--seconds",
            "30", "--profiles", "cpu,heap", "--output-dir", self.scratch,
            "-o", "json", "loopback")
        wait_until("the heap profile", lambda: len(self.files()) == 1, 20)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
        self.assertEqual(child.returncode, 130, err)
        self.assertEqual({row["type"]: row["outcome"]
                          for row in json.loads(out)["profiles"]},
                         {"cpu": "interrupted", "heap": "stored"})
        again = self.forward("loopback", "--profiles", "cpu")
        self.assert_exit(again, 0)

    def test_the_plugin_of_the_real_kubectl(self):
        done = self.kubectl(
            "profefe", "capture", "-n", NAMESPACE, "loopback", "--profiles",
            "heap", "-o", "wide", "--output-dir", self.scratch)
        self.assert_exit(done, 0)
        self.assertIn("port-forward", done.out)


class BehindTlsOrALogin(ClusterCase):
    """The pod "locked": TLS of the cluster's authority, and a token."""

    def setUp(self):
        super().setUp()
        self.authority = self.cluster.plane.pki.path("ca.crt")
        self.token = self.scratch / "token"
        self.token.write_text(TOKEN + "\n")

    def locked(self, route, *words, **changes):
        env = self.environment(**changes) if changes else None
        return self.capture_by(route, "locked", "--profiles", "heap", *words,
                               env=env)

    def reason(self, done):
        self.assert_exit(done, 1)
        self.assertNotIn(TOKEN, done.out + done.err)
        [row] = done.json["profiles"]
        return row["reason"]

    def test_authority_and_token_open_it_on_both_direct_ways(self):
        for route in ("port-forward", "pod-ip", "auto"):
            with self.subTest(route):
                self.assert_exit(self.locked(
                    route, "--target-ca", self.authority,
                    "--target-token-file", self.token), 0)
        self.assert_exit(self.locked(
            "auto", "--target-ca", self.authority, "--target-server-name",
            "locked", "--target-token-env", "POD_TOKEN", POD_TOKEN=TOKEN), 0)
        self.assert_exit(self.locked(
            "auto", "--target-insecure", "--target-header",
            f"Authorization: Bearer {TOKEN}"), 0)

    def test_its_certificate_is_verified(self):
        reason = self.reason(self.locked("auto", "--target-token-file",
                                         self.token))
        for part in ("certificate verification failed", "--target-ca",
                     "--target-insecure"):
            self.assertIn(part, reason)
        wrong_name = self.reason(self.locked(
            "auto", "--target-ca", self.authority, "--target-server-name",
            "somebody-else", "--target-token-file", self.token))
        self.assertIn("certificate verification failed", wrong_name)

    def test_without_the_token_it_says_401(self):
        reason = self.reason(self.locked("auto", "--target-ca",
                                         self.authority))
        self.assertIn("401", reason)
        self.assertIn("--target-token-file", reason)

    def test_the_proxy_would_keep_the_token(self):
        reason = self.reason(self.locked("proxy", "--target-token-file",
                                         self.token))
        self.assertIn("does not pass Authorization on", reason)

    def test_the_proxy_speaks_tls_to_a_pod(self):
        self.assertIn("401", self.reason(self.locked("proxy")))


class Choice(ClusterCase):
    def auto(self, *words, **run):
        return self.capture_by("auto", *words, "--profiles", "heap", **run)

    def test_a_laptop_forwards(self):
        done = self.auto("-l", REACHABLE, env=self.as_account("forward"))
        self.assert_exit(done, 0)
        for row in done.json["profiles"]:
            self.assertEqual(row["via"], "port-forward")
            self.assertNotIn("fallback_reason", row)
        self.assertNotIn("note:", done.err)

    def test_without_the_right_it_takes_the_proxy_and_says_why(self):
        done = self.auto("-l", "app=cart", env=self.as_account("proxy"))
        self.assert_exit(done, 0)
        why = ('port-forward: forbidden (403): "system:serviceaccount:shop:'
               'proxy" needs the verb "get" on "pods/portforward" in '
               'namespace "shop"')
        for row in done.json["profiles"]:
            self.assertEqual(row["via"], "proxy")
            self.assertEqual(row["fallback_reason"], why)
        self.assertIn(f"note: 3 pods reached via proxy because {why}",
                      done.err)

    def test_at_the_end_of_all_ways_each_has_its_reason(self):
        done = self.auto("loopback", env=self.as_account("proxy"))
        self.assert_exit(done, 1)
        [row] = done.json["profiles"]
        self.assertRegex(row["reason"],
                         "port-forward: forbidden.*; proxy: .*refused")
        nothing = self.auto("-l", "app=cart", env=self.as_account("list"))
        self.assert_exit(nothing, 1)
        for row in nothing.json["profiles"]:
            self.assertIn('"pods/portforward"', row["reason"])
            self.assertIn('"pods/proxy"', row["reason"])


class ListedPods(ClusterCase):
    """Pods of -f which serve pprof on their 127.0.0.1 alone."""

    def setUp(self):
        super().setUp()
        self.list = self.scratch / "pods.json"
        pods = self.kubectl("get", "pods", "-n", NAMESPACE, "-l",
                            "app=loopback", "-o", "json")
        self.list.write_text(pods.out)

    def row(self, code, *words, **run):
        done = self.tool("capture", "-f", self.list, "--profiles", "heap",
                         "-o", "json", "--output-dir",
                         tempfile.mkdtemp(dir=self.scratch), *words, **run)
        self.assert_exit(done, code)
        [row] = done.json["profiles"]
        return row

    def test_a_route_or_a_cluster_that_is_named_is_taken(self):
        for words in (["--via", "port-forward"],
                      ["--kubeconfig", self.kubeconfig()]):
            with self.subTest(words):
                row = self.row(0, *words)
                self.assertEqual(row["via"], "port-forward")
                [file] = row["locations"]
                pprof_top(file)

    def test_else_no_api_server_is_needed_and_none_asked(self):
        row = self.row(1, env=self.environment(KUBECONFIG="/gone"))
        self.assertEqual(row["via"], "pod-ip")
        self.assertIn("connection refused", row["reason"])

    def test_a_route_that_needs_a_cluster_says_which_is_missing(self):
        done = self.tool("capture", "-f", self.list, "--via", "proxy",
                         env=self.environment(KUBECONFIG="/gone"))
        self.assert_exit(done, 1)
        self.assertIn("/gone", done.err)
