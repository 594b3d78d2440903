# SPDX-License-Identifier: MIT
"""An API server that says no, or says nothing."""

import os
import signal

from harness import kubeconfig
from harness.case import Case
from harness.daemons import free_port
from harness.kube import rule
from harness.kubeconfig import Parts
from harness.pki import hours_ago
from harness.plane import ISSUER


class Access(Case):
    @classmethod
    def prepare(cls):
        cls.parts = Parts(cls.world.plane)
        cls.pod("here", cls.world.demos[0])

    def as_user(self, user, **cluster):
        path = kubeconfig.write(
            self.scratch / "kubeconfig", self.parts.cluster(**cluster), user,
            namespace=self.namespace)
        return self.environment(KUBECONFIG=path)

    def as_account(self, name, *rules):
        api = self.world.api
        api.service_account(self.namespace, name, rules)
        return self.as_user({"token": api.token(self.namespace, name)})

    def test_a_forbidden_list_names_verb_resource_and_place(self):
        env = self.as_account("nobody")
        done = self.tool("targets", env=env)
        self.assert_error(done, "list", "pods", self.namespace)
        self.assertIn("nobody", done.err)
        everywhere = self.tool("capture", "-A", env=env)
        self.assert_error(everywhere, "list", "pods")

    def test_a_forbidden_get_of_a_named_pod_names_the_verb(self):
        env = self.as_account("lister", rule("pods", "list"))
        done = self.capture("here", "--profiles", "heap", env=env)
        self.assert_error(done, "get", "pods", "here")

    def test_list_is_enough_to_capture_by_pod_ip(self):
        env = self.as_account("collector", rule("pods", "list"))
        done = self.capture("--profiles", "heap", env=env)
        self.assert_exit(done, 0)
        self.assertEqual(len(self.files()), 1)

    def test_a_token_the_server_does_not_know(self):
        done = self.tool("targets", env=self.as_user({"token": "made-up"}))
        self.assert_error(done, "401")
        self.assertNotIn("made-up", done.err)

    def test_an_expired_token(self):
        account = {"name": "expired", "uid": "0"}
        token = self.parts.pki.service_account_token(
            {"iss": ISSUER, "aud": [ISSUER],
             "sub": f"system:serviceaccount:{self.namespace}:expired",
             "kubernetes.io": {"namespace": self.namespace,
                               "serviceaccount": account}},
            hours_ago(2), lifetime=3600)
        done = self.tool("targets", env=self.as_user({"token": token}))
        self.assert_error(done, "401", "token")
        self.assertNotIn(token, done.err)

    def test_nobody_listens_at_the_server_address(self):
        server = f"https://127.0.0.1:{free_port()}"
        env = self.as_user(self.parts.admin(), server=server)
        self.assert_error(self.tool("targets", env=env), server, "refused")

    def test_a_server_name_that_does_not_resolve(self):
        env = self.as_user(self.parts.admin(),
                           server="https://nowhere.invalid")
        self.assert_error(self.tool("targets", env=env), "nowhere.invalid")

    def test_a_server_that_speaks_no_tls(self):
        etcd = self.world.plane.environment()["PROFEFE_E2E_ETCD"]
        server = etcd.replace("http:", "https:")
        env = self.as_user(self.parts.admin(), server=server)
        self.assert_error(self.tool("targets", env=env), server)

    def test_a_server_that_does_not_answer_in_time(self):
        pid = self.world.plane.daemons.pid("kube-apiserver")
        os.kill(pid, signal.SIGSTOP)
        self.addCleanup(os.kill, pid, signal.SIGCONT)
        done = self.tool("targets", "--request-timeout", "2s")
        self.assert_error(done, self.parts.server)
        self.assertIn("2", done.err)
