# SPDX-License-Identifier: MIT
"""Proxies of Debian's between us and the API server: for the list, the pod
proxy and the WebSocket of a port-forward alike."""

import json
import urllib.parse

from harness import secrets
from harness.cluster_case import ClusterCase
from harness.proxies import Proxy
from harness.workloads import NAMESPACE

PASSWORD = "pass-of-the-proxy"


class ViaProxy(ClusterCase):
    @classmethod
    def prepare(cls):
        secrets.remember(PASSWORD, "a proxy's password")
        cls.proxies = {}
        for kind in ("http", "socks5"):
            for login in ((), ("jane", PASSWORD)):
                proxy = Proxy(cls.world, kind, *login)
                cls.addClassCleanup(proxy.stop)
                cls.proxies[kind, bool(login)] = proxy
        address = urllib.parse.urlsplit(
            cls.cluster.plane.environment()["PROFEFE_E2E_API"])
        cls.api = (address.hostname, str(address.port))

    def behind(self, url):
        """The environment with a kubeconfig that names the proxy."""
        config = json.loads(self.cluster.plane.kubeconfig.read_text())
        config["clusters"][0]["cluster"]["proxy-url"] = url
        path = self.scratch / "kubeconfig"
        path.write_text(json.dumps(config))
        return self.environment(KUBECONFIG=path)

    def passed(self, proxy, run):
        """How many connections to the API server a run made by the proxy;
        none went anywhere else."""
        before = len(proxy.targets())
        run()
        made = proxy.targets()[before:]
        self.assertEqual(set(made) - {self.api}, set())
        return len(made)

    def list(self, env):
        done = self.tool("targets", "-n", NAMESPACE, "-o", "json", env=env)
        self.assert_exit(done, 0)
        self.assertTrue(done.json["targets"])

    def test_lists_pod_proxy_and_websocket_go_by_it(self):
        for (kind, login), proxy in self.proxies.items():
            env = self.behind(proxy.url)
            with self.subTest(kind=kind, login=login, what="list"):
                self.assertGreater(
                    self.passed(proxy, lambda: self.list(env)), 0)
            for route in ("proxy", "port-forward"):
                with self.subTest(kind=kind, login=login, what=route):
                    self.assertGreater(self.passed(
                        proxy, lambda: self.route(route, env)), 0)

    def route(self, route, env):
        done = self.capture_by(route, "-l", "app=cart", "--profiles",
                               "cpu,heap", env=env)
        self.assert_exit(done, 0)
        self.assertEqual({row["via"] for row in done.json["profiles"]},
                         {route})

    def test_each_forwarded_connection_is_one_of_the_proxys(self):
        proxy = self.proxies["http", False]
        env = self.behind(proxy.url)
        made = self.passed(proxy, lambda: self.route("port-forward", env))
        # Three pods with two profiles each; a kept connection may serve two.
        self.assertGreaterEqual(made, 4)

    def test_by_the_environment_as_well(self):
        for (kind, login), proxy in self.proxies.items():
            with self.subTest(kind=kind, login=login):
                env = self.environment(HTTPS_PROXY=proxy.url)
                self.assertGreater(
                    self.passed(proxy, lambda: self.list(env)), 0)
                self.assertGreater(self.passed(
                    proxy, lambda: self.route("port-forward", env)), 0)

    def test_no_proxy_excludes_by_address_and_network(self):
        proxy = self.proxies["http", False]
        host, port = self.api
        network = ".".join(host.split(".")[:3]) + ".0/24"
        for excluded in (host, network, "*", f"{host}:{port}"):
            with self.subTest(excluded):
                env = self.environment(HTTPS_PROXY=proxy.url,
                                       NO_PROXY=f"10.0.0.0/8,{excluded}")
                self.assertEqual(
                    self.passed(proxy, lambda: self.list(env)), 0)
        env = self.environment(HTTPS_PROXY=proxy.url,
                               NO_PROXY="10.0.0.0/8,example.org")
        self.assertGreater(self.passed(proxy, lambda: self.list(env)), 0)

    def test_the_kubeconfigs_proxy_goes_before_the_environments(self):
        named, other = self.proxies["http", False], self.proxies[
            "socks5", False]
        env = dict(self.behind(named.url), HTTPS_PROXY=other.url,
                   NO_PROXY="*")
        before = len(other.targets())
        self.assertGreater(self.passed(named, lambda: self.list(env)), 0)
        self.assertEqual(len(other.targets()), before)

    def test_a_login_that_is_refused_is_the_proxys_doing(self):
        for kind in ("http", "socks5"):
            with self.subTest(kind):
                url = self.proxies[kind, True].url
                wrong = url.replace(PASSWORD, "wrong-one-for-sure")
                secrets.remember("wrong-one-for-sure")
                done = self.tool("targets", env=self.behind(wrong))
                self.assert_error(done, "proxy")

    def test_a_proxy_that_is_not_there_is_named_without_its_login(self):
        for kind in ("http", "socks5"):
            with self.subTest(kind):
                url = f"{kind}://jane:{PASSWORD}@127.0.0.1:1"
                done = self.tool("targets", env=self.behind(url))
                self.assert_error(done, "127.0.0.1:1")
