# SPDX-License-Identifier: MIT
"""A profefe server that is a Service of a real cluster, used from outside."""

from harness.cluster_case import ClusterCase
from harness.workloads import NAMESPACE, deploy_profefe, kubectl

SERVER = "svc/profefe.profefe:10100"
URL = "http://profefe.profefe.svc:10100/api/0/profiles/"


class ServerInCluster(ClusterCase):
    @classmethod
    def prepare(cls):
        deploy_profefe(cls.cluster)

    def push(self, server=SERVER, code=0, pods="app=cart"):
        done = self.tool("capture", "-n", NAMESPACE, "-l", pods, "--profiles",
                         "heap,goroutine,threadcreate", "--profefe-hostport",
                         server, "-o", "name")
        self.assert_exit(done, code)
        return done

    def test_profiles_are_pushed_listed_and_read_through_it(self):
        locations = self.push().lines
        self.assertGreaterEqual(len(locations), 6)
        self.assertTrue(all(URL in line for line in locations), locations)
        services = self.tool("get", "services", "--profefe-hostport", SERVER)
        self.assert_exit(services, 0)
        self.assertIn("cart", services.out)
        top = self.tool("top", "--service", "cart", "--profile-type", "heap",
                        "--profefe-hostport", SERVER, "-o", "json")
        self.assert_exit(top, 0)
        [first] = [line for line in locations if "api/0" in line][:1]
        one = self.tool("raw", "--profefe-hostport", SERVER,
                        first.rsplit("/", 1)[1])
        self.assert_exit(one, 0)

    def test_a_file_is_loaded_through_it(self):
        self.assert_exit(self.capture_by("port-forward", "-l", "app=ledger",
                                         "--profiles", "heap"), 0)
        done = self.tool("load", "--service", "loaded", *self.files(),
                         "--profefe-hostport", "svc/profefe", "-n", "profefe")
        self.assert_exit(done, 0)
        self.assertIn(URL, done.out)

    def test_what_is_wrong_with_the_service_is_said(self):
        rows = [
            ("svc/nobody.profefe",
             ['service', '"nobody"', "not found"]),
            ("svc/profefe.profefe:80",
             ['has no port "80": use svc/profefe.profefe:PORT with one of: '
              "10100"]),
            ("svc/cart..", ["use svc/NAME[.NAMESPACE][:PORT]"]),
        ]
        for server, words in rows:
            with self.subTest(server=server):
                done = self.tool("get", "services", "--profefe-hostport",
                                 server)
                self.assertNotEqual(done.code, 0)
                for word in words:
                    self.assertIn(word, done.err)

    def test_a_service_without_pods_is_said(self):
        kubectl(self.cluster, "-n", "profefe", "apply", "-f", "-", text="""
apiVersion: v1
kind: Service
metadata: {name: lonely}
spec: {selector: {app: nobody}, ports: [{port: 10100}]}
""")
        done = self.tool("get", "services", "--profefe-hostport",
                         "svc/lonely.profefe")
        self.assert_error(done, "service lonely in namespace profefe has no "
                                "running pods")

    def test_a_port_on_which_nothing_listens_is_an_error_with_the_reason(self):
        kubectl(self.cluster, "-n", "profefe", "apply", "-f", "-", text="""
apiVersion: v1
kind: Service
metadata: {name: deaf}
spec: {selector: {app.kubernetes.io/name: profefe}, ports: [{port: 10101}]}
""")
        done = self.tool("get", "services", "--profefe-hostport",
                         "svc/deaf.profefe")
        self.assert_error(done, "nothing listens on port 10101")
