# SPDX-License-Identifier: MIT
"""--via proxy: through the API server's pod proxy."""

from harness import kubeconfig
from harness.case import Case
from harness.kube import rule
from harness.kubeconfig import Parts
from harness.profiles import pprof_top


class Proxy(Case):
    @classmethod
    def prepare(cls):
        cls.pod("routed", cls.world.routed_demo, labels={"app": "routed"})

    def proxied(self, *words, **run):
        return self.tool(
            "capture", "-n", self.namespace, "--via", "proxy", "--seconds",
            "1", "--output-dir", self.scratch, "-o", "json", *words, **run)

    def as_account(self, name, *rules):
        api = self.world.api
        api.service_account(self.namespace, name, rules)
        path = kubeconfig.write(
            self.scratch / "kubeconfig", Parts(self.world.plane).cluster(),
            {"token": api.token(self.namespace, name)})
        return self.environment(KUBECONFIG=path)

    def test_every_kind_comes_through(self):
        done = self.proxied("routed")
        self.assert_exit(done, 0)
        self.assertEqual({row["via"] for row in done.json["profiles"]},
                         {"proxy"})
        self.assertEqual(len(self.files()), 7)
        for file in self.files():
            pprof_top(file)

    def test_it_is_the_way_out_where_no_node_can_forward(self):
        done = self.tool("capture", "-n", self.namespace, "routed",
                         "--profiles", "heap", "-o", "json",
                         "--output-dir", self.scratch)
        self.assert_exit(done, 0)
        [row] = done.json["profiles"]
        self.assertEqual(row["via"], "proxy")
        self.assertIn("has no node", row["fallback_reason"])

    def test_it_needs_get_on_pods_proxy_and_no_more(self):
        env = self.as_account("proxier", rule("pods", "get", "list"),
                              rule("pods/proxy", "get"))
        done = self.proxied("-l", "app=routed", "--profiles", "heap", env=env)
        self.assert_exit(done, 0)
        self.assertEqual(len(self.files()), 1)

    def test_without_the_right_the_verb_and_resource_are_named(self):
        env = self.as_account("lister", rule("pods", "get", "list"))
        done = self.proxied("-l", "app=routed", "--profiles", "heap", env=env)
        self.assert_exit(done, 1)
        [row] = done.json["profiles"]
        self.assertIn("pods/proxy", row["reason"])
        self.assertIn("get", row["reason"])

    def test_a_path_that_leaves_the_pod_is_never_asked_for(self):
        for name, path in {
                "dots": "/../../../../../../api/v1/namespaces",
                "encoded": "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/healthz",
                "slash": "/..%2f..%2f..%2f..%2f..%2fhealthz"}.items():
            with self.subTest(name):
                self.pod(name, self.world.routed_demo,
                         profefe={"enable": "true", "path": path})
                done = self.proxied(name, "--profiles", "heap")
                self.assert_exit(done, 1)
                self.assertEqual(done.json["profiles"], [])
                [row] = done.json["not_targets"]
                self.assertEqual(row["outcome"], "failed")
                self.assertIn("profefe.com/path", row["reason"])
                self.assertEqual(self.files("*"), [])

    def test_headers_that_the_api_server_obeys_are_not_sent_to_it(self):
        for header in ("Impersonate-User: root", "Host: elsewhere"):
            with self.subTest(header):
                done = self.proxied("routed", "--profiles", "heap",
                                    "--target-header", header)
                self.assert_exit(done, 1)
                [row] = done.json["profiles"]
                self.assertIn("would be for the API server", row["reason"])

    def test_a_port_nobody_listens_on_is_the_pods_failure(self):
        self.pod("closed", self.world.routed_demo,
                 profefe={"enable": "true", "port": "6061"})
        done = self.proxied("closed", "--profiles", "heap,goroutine")
        self.assert_exit(done, 1)
        for row in done.json["profiles"]:
            self.assertEqual(row["outcome"], "failed")
            self.assertIn("refused", row["reason"])

    def test_a_loopback_address_is_refused_by_the_api_server(self):
        self.pod("loopback", self.world.demos[0])
        done = self.proxied("loopback", "--profiles", "heap")
        self.assert_exit(done, 1)
        self.assertEqual(done.json["profiles"][0]["outcome"], "failed")

    def test_busy_is_waited_for_through_the_proxy_too(self):
        children = [self.spawn(
            "capture", "-n", self.namespace, "--via", "proxy", "--seconds",
            "2", "--profiles", "cpu", "--output-dir", self.scratch, "routed")
            for _ in range(2)]
        for child in children:
            out, err = child.communicate(timeout=60)
            self.assertEqual(child.returncode, 0, out + err)
        self.assertEqual(len(self.files()), 2)
