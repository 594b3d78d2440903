# SPDX-License-Identifier: MIT
"""kubeconfig as kubectl reads it, against a real API server."""

import base64
import json
import shutil
import subprocess

from harness import kubeconfig, secrets
from harness.case import Case
from harness.daemons import wait_until
from harness.kube import rule
from harness.kubeconfig import Parts


class Kubeconfig(Case):
    @classmethod
    def prepare(cls):
        cls.pod("here", "127.0.0.9")
        cls.parts = Parts(cls.world.plane)
        api = cls.world.api
        api.service_account(cls.namespace, "reader", [rule("pods", "list")])
        cls.token = api.token(cls.namespace, "reader")

    def config(self, cluster=None, user=None, name="test", **more):
        return kubeconfig.write(
            self.scratch / f"{name}.kubeconfig",
            cluster or self.parts.cluster(), user or self.parts.admin(), name,
            **{"namespace": self.namespace, **more})

    def assert_works(self, *words, config=None, **environment):
        env = self.environment(KUBECONFIG=config, **environment)
        self.assertEqual(self.targets(*words, env=env)[0], ["here"])

    def refused(self, config, *parts):
        env = self.environment(KUBECONFIG=config)
        self.assert_error(self.tool("targets", env=env), *parts)

    def test_the_namespace_of_the_context_is_the_default(self):
        self.assert_works(config=self.config())
        nowhere = self.config(namespace="elsewhere")
        env = self.environment(KUBECONFIG=nowhere)
        self.assertEqual(self.targets(env=env)[0], [])
        self.assert_works("-n", self.namespace, config=nowhere)

    def test_kubeconfig_flag_beats_the_variable(self):
        self.assert_works("--kubeconfig", self.config(),
                          config=self.scratch / "not-there")

    def test_the_file_in_the_home_folder_is_the_last_resort(self):
        (self.scratch / ".kube").mkdir()
        self.config().rename(self.scratch / ".kube/config")
        self.assert_works()

    def test_context_flag_chooses(self):
        wrong = self.config(name="wrong", namespace="elsewhere")
        right = self.config(name="right", current=False)
        self.assert_works("--context", "right", config=f"{wrong}:{right}")

    def test_several_files_are_merged_first_one_first(self):
        first = self.config(name="first")
        second = self.config(name="second", namespace="elsewhere")
        gone = self.scratch / "not-there"
        self.assert_works(config=f"{gone}:{first}:{second}")
        env = self.environment(KUBECONFIG=f"{second}:{first}")
        self.assertEqual(self.targets(env=env)[0], [])

    def test_client_certificate_and_ca_by_file_relative_to_the_config(self):
        for name in ("ca.crt", "admin.crt", "admin.key"):
            shutil.copy(self.parts.pki.path(name), self.scratch)
        cluster = self.parts.cluster(**{
            "certificate-authority-data": None,
            "certificate-authority": "ca.crt"})
        user = {"client-certificate": "admin.crt", "client-key": "admin.key"}
        path = self.config(cluster, user)
        elsewhere = self.scratch / "elsewhere"
        elsewhere.mkdir()
        for name in ("ca.crt", "admin.crt", "admin.key", path.name):
            (self.scratch / name).rename(elsewhere / name)
        self.assert_works(config=elsewhere / path.name)

    def test_a_client_certificate_replaced_during_the_run_is_read_again(self):
        namespace = f"{self.namespace}-routed"
        for name in ("first", "second", "third"):
            self.pod(name, self.world.routed_demo, namespace=namespace)
        self.parts.pki.issue("nobody", "/CN=nobody-at-all", "clientAuth")

        def show(who):
            for kind in ("crt", "key"):
                shutil.copy(self.parts.pki.path(f"{who}.{kind}"),
                            self.scratch / f"client.{kind}")

        show("admin")
        config = self.config(user={"client-certificate": "client.crt",
                                   "client-key": "client.key"})
        child = self.spawn("capture", "-n", namespace, "--via", "proxy",
                           "--profiles", "cpu", "--seconds", "3",
                           "--concurrency", "1", "-o", "json",
                           "--output-dir", self.scratch,
                           env=self.environment(KUBECONFIG=config))
        wait_until("the first profile", self.files)
        show("nobody")
        secrets.forget_files(child)
        out, err = child.communicate(timeout=60)
        self.assertEqual(child.returncode, 3, err)
        # The second was asked for when the first had come, or after it.
        self.assertIn(json.loads(out)["summary"]["stored"], (1, 2))
        self.assertIn("nobody-at-all", out)

    def test_token(self):
        self.assert_works(config=self.config(user={"token": self.token}))

    def test_token_file(self):
        file = self.scratch / "token"
        file.write_text(self.token + "\n")
        self.assert_works(config=self.config(user={"tokenFile": str(file)}))
        self.assert_works(config=self.config(
            user={"tokenFile": str(file), "token": "stale"}))

    def test_insecure_skips_verification(self):
        cluster = self.parts.cluster(**{
            "certificate-authority-data": None,
            "insecure-skip-tls-verify": True})
        self.assert_works(config=self.config(cluster))

    def test_tls_server_name_is_what_is_verified(self):
        cluster = self.parts.cluster(**{
            "server": self.parts.server.replace("127.0.0.1", "localhost")})
        self.refused(self.config(cluster), "localhost", "certificate")
        cluster["tls-server-name"] = "kubernetes.default.svc"
        self.assert_works(config=self.config(cluster))
        cluster["tls-server-name"] = "example.org"
        self.refused(self.config(cluster), "example.org")

    def test_a_wrong_ca_is_named(self):
        self.parts.pki.authority("other-ca")
        cluster = self.parts.cluster(**{
            "certificate-authority-data": self.parts.pki.base64(
                "other-ca.crt")})
        path = self.config(cluster)
        self.refused(path, "certificate", self.parts.server)

    def test_a_ca_nobody_trusts_is_refused_without_one(self):
        cluster = self.parts.cluster(**{"certificate-authority-data": None})
        self.refused(self.config(cluster), "certificate")

    def test_an_unknown_context_is_named_with_what_there_is(self):
        path = self.config()
        env = self.environment(KUBECONFIG=path)
        done = self.tool("targets", "--context", "prod", env=env)
        self.assert_error(done, "prod", "does not exist")
        self.assertIn("test", done.err)

    def test_no_kubeconfig_at_all_is_said(self):
        done = self.tool("targets", env=self.environment(KUBECONFIG=None))
        self.assert_error(done, "no configuration has been provided",
                          "--kubeconfig")

    def test_a_named_kubeconfig_must_exist(self):
        done = self.tool("targets", "--kubeconfig", "/not/there")
        self.assert_error(done, "/not/there", "no such file")

    def test_broken_yaml_is_named_with_file_and_line(self):
        path = self.scratch / "broken.kubeconfig"
        path.write_text("apiVersion: v1\nclusters: [\n  {name: x\n")
        self.refused(path, str(path), "line")

    def test_a_token_never_shows_in_messages(self):
        path = self.config(user={"token": "very-secret-token"})
        env = self.environment(KUBECONFIG=path)
        done = self.tool("targets", env=env)
        self.assert_exit(done, 1)
        self.assertNotIn("very-secret-token", done.err + done.out)


class KubeconfigByKubectl(Case):
    """The YAML that `kubectl config` writes."""

    @classmethod
    def prepare(cls):
        cls.pod("here", "127.0.0.9")
        cls.parts = Parts(cls.world.plane)
        cls.world.api.service_account(cls.namespace, "reader",
                                      [rule("pods", "list")])
        cls.token = cls.world.api.token(cls.namespace, "reader")

    def kubectl_config(self, *words):
        binaries = self.world.plane.environment()["PROFEFE_E2E_KUBE_BIN"]
        subprocess.run(
            [f"{binaries}/kubectl", "config", "--kubeconfig",
             self.scratch / "config", *words], check=True,
            stdout=subprocess.DEVNULL)

    def test_clusters_users_and_contexts(self):
        ca = self.scratch / "ca.crt"
        ca.write_bytes(base64.b64decode(self.parts.pki.base64("ca.crt")))
        self.kubectl_config("set-cluster", "c", "--server", self.parts.server,
                            "--certificate-authority", ca,
                            "--embed-certs=true")
        self.kubectl_config("set-credentials", "u", "--token", self.token)
        self.kubectl_config("set-context", "x", "--cluster", "c", "--user",
                            "u", "--namespace", self.namespace)
        self.kubectl_config("use-context", "x")
        env = self.environment(KUBECONFIG=self.scratch / "config")
        self.assertEqual(self.targets(env=env)[0], ["here"])
