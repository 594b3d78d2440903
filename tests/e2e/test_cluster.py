# SPDX-License-Identifier: MIT
"""Pods that really run: made by controllers, started by a kubelet."""

import subprocess
import time

from harness.cluster_case import ClusterCase
from harness.profiles import pprof_top
from harness.workloads import NAMESPACE, TOKEN

# curl's exit status.
UNKNOWN_AUTHORITY = 60


class Workloads(ClusterCase):
    def test_pods_of_every_kind_of_workload_are_targets(self):
        names, refused = self.targets("-n", NAMESPACE)
        want = [name for app in ("agent", "cart", "import", "ledger",
                                 "locked", "loopback")
                for name in self.pods(app)]
        self.assertEqual(sorted(names), sorted(want))
        self.assertEqual(len(want), 8)
        self.assertEqual(list(refused), ["plain"])
        self.assertIn("profefe.com/enable", refused["plain"])

    def test_targets_are_at_the_addresses_the_pods_were_given(self):
        done = self.tool("targets", "-n", NAMESPACE, "-o", "json", "-l",
                         "app in (agent, cart)")
        self.assert_exit(done, 0)
        want = {(name, ip, 6060, "/debug/pprof")
                for name, ip in self.pods("cart").items()}
        want |= {(name, ip, 9090, "/admin/pprof")
                 for name, ip in self.pods("agent").items()}
        self.assertEqual(want, {
            (row["pod"], row["ip"], row["port"], row["path"])
            for row in done.json["targets"]})

    def test_three_replicas_are_captured_at_the_same_time(self):
        began = time.monotonic()
        done = self.capture_by("pod-ip", "-l", "app=cart", "--profiles",
                               "cpu,heap", "--seconds", "3")
        took = time.monotonic() - began
        self.assert_exit(done, 0)
        self.assertLess(took, sum(row["duration_seconds"]
                                  for row in done.json["profiles"]))
        self.assertEqual({row["pod"] for row in done.json["profiles"]},
                         set(self.pods("cart")))
        self.assertEqual(len(self.files()), 6)
        for file in self.files("profile-cpu-*"):
            self.assertIn("main.hash", pprof_top(file))

    def test_a_pod_whose_name_stays_is_captured_by_it(self):
        done = self.kubectl(
            "profefe", "capture", "-n", NAMESPACE, "ledger-0", "--profiles",
            "heap", "-o", "name", "--output-dir", self.scratch)
        self.assert_exit(done, 0)
        self.assertEqual(done.out.split(), list(map(str, self.files())))


class Fixtures(ClusterCase):
    """What later tests lean on, held against curl and kubectl."""

    def curl(self, *words):
        done = subprocess.run(
            ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", *words],
            text=True, capture_output=True, timeout=30)
        return done.stdout if done.returncode == 0 else done.returncode

    def test_the_locked_pod_asks_for_tls_and_its_token(self):
        [address] = self.pods("locked").values()
        url = f"https://{address}:8443/debug/pprof/heap"
        authority = ["--cacert", self.cluster.plane.pki.path("ca.crt")]
        bearer = ["-H", f"Authorization: Bearer {TOKEN}"]
        self.assertEqual(self.curl(url), UNKNOWN_AUTHORITY)
        self.assertEqual(self.curl(*authority, url), "401")
        self.assertEqual(self.curl(*authority, *bearer, url), "200")

    def test_accounts_have_the_verbs_of_their_names(self):
        forward = "--subresource=portforward"
        asked = (("list", "pods"), ("get", "pods"),
                 ("get", "pods", "--subresource=proxy"),
                 ("get", "pods", forward), ("create", "pods", forward))
        for account, answers in (("forward", "yes yes no yes yes"),
                                 ("forward-get", "yes yes no yes no"),
                                 ("proxy", "yes yes yes no no"),
                                 ("list", "yes no no no no"),
                                 ("nothing", "no no no no no")):
            with self.subTest(account):
                got = [self.kubectl("auth", "can-i", *words,
                                    env=self.as_account(account)).out.strip()
                       for words in asked]
                self.assertEqual(got, answers.split())


class Routes(ClusterCase):
    def test_the_api_server_reaches_every_kind_of_workload(self):
        done = self.capture_by(
            "proxy", "-l", "app in (agent, cart, import, ledger)",
            "--profiles", "heap,goroutine", env=self.as_account("proxy"))
        self.assert_exit(done, 0)
        self.assertEqual({row["via"] for row in done.json["profiles"]},
                         {"proxy"})
        self.assertEqual(len(self.files()), 12)
        for file in self.files():
            pprof_top(file)

    def test_neither_proxy_nor_pod_ip_reaches_127_0_0_1_of_a_pod(self):
        for route in ("pod-ip", "proxy"):
            with self.subTest(route):
                done = self.capture_by(route, "loopback", "--profiles",
                                       "heap")
                self.assert_exit(done, 1)
                [row] = done.json["profiles"]
                self.assertEqual(row["outcome"], "failed")
                self.assertIn("refused", row["reason"])

    def test_list_alone_is_enough_by_pod_ip(self):
        done = self.capture_by("pod-ip", "-l", "app=cart", "--profiles",
                               "heap", env=self.as_account("list"))
        self.assert_exit(done, 0)
        self.assertEqual(len(self.files()), 3)

    def test_without_pods_proxy_the_verb_and_resource_are_named(self):
        done = self.capture_by("proxy", "-l", "app=cart", "--profiles",
                               "heap", env=self.as_account("list"))
        self.assert_exit(done, 1)
        for row in done.json["profiles"]:
            self.assertIn("get", row["reason"])
            self.assertIn("pods/proxy", row["reason"])

    def test_who_has_no_rights_is_told_what_to_ask_for(self):
        done = self.tool("targets", "-n", NAMESPACE,
                         env=self.as_account("nothing"))
        self.assert_error(done, "list", "pods", NAMESPACE)
