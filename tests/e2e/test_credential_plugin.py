# SPDX-License-Identifier: MIT
"""Credential plugins against the real API server: how often they run, what
they are told, and what is said when they fail."""

import json
import shutil

from harness import kubeconfig, secrets
from harness.case import Case
from harness.kube import rule
from harness.kubeconfig import Parts
from harness.pki import make_issuer
from harness.plugin import IN_A_SECOND, Plugin, answer, token_of

EXTENSION = "client.authentication.k8s.io/exec"


class PluginCase(Case):
    @classmethod
    def prepare(cls):
        cls.parts = Parts(cls.world.plane)
        cls.world.api.service_account(
            cls.namespace, "reader", [rule("pods", "list", "get"),
                                      rule("pods/proxy", "get")])
        cls.token = cls.world.api.token(cls.namespace, "reader")

    def setUp(self):
        super().setUp()
        self.token_file = self.scratch / "token"
        self.token_file.write_text(self.token)

    def plugin(self, status=None, before="", name="plugin"):
        if status is None:
            status = token_of(self.token_file)
        return Plugin(self.scratch / name, before + answer(status))

    def by(self, user, cluster=None, **variables):
        path = kubeconfig.write(
            self.scratch / "kubeconfig", cluster or self.parts.cluster(),
            user, namespace=self.namespace)
        return self.environment(KUBECONFIG=path, **variables)


class CredentialPlugin(PluginCase):
    @classmethod
    def prepare(cls):
        super().prepare()
        address = cls.world.routed_demo
        for i in range(4):
            cls.pod(f"pod-{i}", address)

    def slow_round(self, env, *words):
        """Some seconds of work through the API server."""
        return self.tool("capture", "--via", "proxy", "--profiles", "cpu",
                         "--seconds", "2", "--output-dir", self.scratch,
                         "-o", "json", *words, env=env)

    def test_it_runs_once_for_many_requests(self):
        plugin = self.plugin()
        done = self.tool("targets", "-o", "json", "--chunk-size", "1",
                         env=self.by(plugin.user()))
        self.assert_exit(done, 0)
        self.assertEqual(len(done.json["targets"]), 4)
        self.assertEqual(plugin.runs, 1)

    def test_it_runs_again_when_its_token_has_expired(self):
        plugin = self.plugin({**token_of(self.token_file), **IN_A_SECOND})
        done = self.slow_round(self.by(plugin.user()), "--concurrency", "1")
        self.assert_exit(done, 0)
        # The list, then four profiles of two seconds each.
        self.assertIn(plugin.runs, range(4, 7))

    def test_one_run_at_a_time_for_all_who_wait(self):
        plugin = self.plugin(before="sleep 0.5\n")
        done = self.slow_round(self.by(plugin.user()))
        self.assert_exit(done, 0)
        self.assertEqual(plugin.runs, 1)
        expiring = self.plugin({**token_of(self.token_file), **IN_A_SECOND},
                               before="sleep 0.3\n", name="expiring")
        self.assert_exit(self.slow_round(self.by(expiring.user())), 0)
        self.assertFalse(expiring.overlapped)

    def test_a_token_the_server_refuses_makes_it_run_again(self):
        plugin = self.plugin({"token": '"$token"'}, before=(
            "token=not-known-to-anyone\n"
            f"[ $run -eq 1 ] || token=$(cat '{self.token_file}')\n"))
        done = self.tool("targets", "-o", "json", env=self.by(plugin.user()))
        self.assert_exit(done, 0)
        self.assertEqual(plugin.runs, 2)

    def test_a_token_that_is_always_refused_ends_it(self):
        plugin = self.plugin({"token": '"not-known-to-anyone"'})
        done = self.tool("targets", env=self.by(plugin.user()))
        self.assert_error(done, "401")
        self.assertLessEqual(plugin.runs, 2)
        self.assertNotIn("not-known-to-anyone", done.err)

    def test_it_is_not_run_beside_another_credential(self):
        plugin = self.plugin()
        user = {**plugin.user(), "token": self.token}
        self.assert_exit(self.tool("targets", env=self.by(user)), 0)
        self.assertEqual(plugin.runs, 0)

    def test_it_issues_certificates_that_last_a_second(self):
        """Signed on the spot, with a key of its own each time."""
        work = make_issuer(self.parts.pki, self.scratch,
                           "/O=system:masters/CN=by-plugin")
        status = {"clientCertificateData": '"$certificate"',
                  "clientKeyData": '"$key"'}
        plugin = self.plugin({**status, **IN_A_SECOND}, before=work)
        done = self.slow_round(self.by(plugin.user()), "--concurrency", "1")
        self.assert_exit(done, 0)
        self.assertIn(plugin.runs, range(4, 7))

    def test_websockets_and_lists_have_the_same_token(self):
        plugin = self.plugin()
        done = self.tool("capture", "--via", "port-forward", "--profiles",
                         "heap", "pod-0", "-o", "json", "--output-dir",
                         self.scratch, env=self.by(plugin.user()))
        # No node here can forward; but who asked was known.
        [row] = done.json["profiles"]
        self.assertIn("reader", row["reason"])
        self.assertEqual(plugin.runs, 1)


class CredentialPluginTold(PluginCase):
    def told(self, cluster=None, **entry):
        plugin = self.plugin()
        env = self.by(plugin.user(**entry), cluster)
        self.assert_exit(self.tool("targets", env=env), 0)
        return plugin.told

    def test_version_and_that_nobody_can_be_asked(self):
        self.assertEqual(self.told(), {
            "apiVersion": "client.authentication.k8s.io/v1",
            "kind": "ExecCredential", "spec": {"interactive": False}})

    def test_the_cluster_when_it_wants_to_know(self):
        cluster = self.parts.cluster(**{"extensions": [{
            "name": EXTENSION, "extension": {"audience": "profiles"}}]})
        told = self.told(cluster, provideClusterInfo=True)
        self.assertEqual(told["spec"]["cluster"], {
            "server": self.parts.server,
            "certificate-authority-data": self.parts.pki.base64("ca.crt"),
            "config": {"audience": "profiles"}})

    def test_arguments_variables_and_the_folder_of_a_relative_command(self):
        plugin = self.plugin(before=(
            f"echo \"$1|$2|$FLAVOUR\" >'{self.scratch}/saw'\n"))
        user = plugin.user(command="./plugin/profefe-login",
                           args=["get token", "--x"],
                           env=[{"name": "FLAVOUR", "value": "a b"}])
        self.assert_exit(self.tool("targets", env=self.by(user)), 0)
        self.assertEqual((self.scratch / "saw").read_text(),
                         "get token|--x|a b\n")


class CredentialPluginFails(PluginCase):
    HINT = "Get it from https://example.org/login"

    def refused(self, user, *parts, **variables):
        done = self.tool("targets", env=self.by(user, **variables))
        self.assert_error(done, *parts)
        return done

    def test_the_hint_when_it_is_not_installed(self):
        plugin = self.plugin()
        for command, said in {
                "profefe-no-such-login":
                    "executable profefe-no-such-login not found",
                "/no/such/login": "/no/such/login"}.items():
            with self.subTest(command):
                done = self.refused(
                    plugin.user(command=command,
                                installHint=f"\x1b[1m{self.HINT}"), said)
                self.assertIn(self.HINT, done.err)
                self.assertNotIn("\x1b", done.err)

    def test_its_exit_code_and_what_it_says_itself(self):
        plugin = Plugin(self.scratch / "failing",
                        "echo login first >&2\nexit 3\n")
        done = self.refused(plugin.user(installHint=self.HINT),
                            f"executable {plugin.path} failed with exit "
                            "code 3")
        self.assertIn("login first", done.err)

    def test_what_it_prints_is_in_no_message(self):
        secrets.remember("token-in-garbage")
        for text in ("token-in-garbage", '{"token": "token-in-garbage"}',
                     '{"apiVersion": "v1", "kind": "ExecCredential", '
                     '"status": {"token": "token-in-garbage"}}'):
            with self.subTest(text):
                plugin = Plugin(self.scratch / f"odd-{len(text)}",
                                f"cat <<'END'\n{text}\nEND\n")
                self.refused(plugin.user(), "getting credentials")

    def test_versions_that_are_gone(self):
        plugin = self.plugin()
        self.refused(
            plugin.user(apiVersion="client.authentication.k8s.io/v1alpha1"),
            "client.authentication.k8s.io/v1alpha1")
        self.assertEqual(plugin.runs, 0)

    def test_providers_that_are_gone_name_the_plugin_to_install(self):
        for name, plugin in {"gcp": "gke-gcloud-auth-plugin",
                             "azure": "kubelogin"}.items():
            with self.subTest(name):
                self.refused({"auth-provider": {"name": name}}, name, plugin)


class PluginPolicy(PluginCase):
    """kuberc: which plugins may run at all."""

    def kuberc(self, **fields):
        path = self.scratch / ".kube/kuberc"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({
            "apiVersion": "kubectl.config.k8s.io/v1beta1",
            "kind": "Preference", **fields}))
        return path

    def run_with(self, plugin, **variables):
        return self.tool("targets", env=self.by(plugin.user(), **variables))

    def assert_refused(self, plugin, *parts, **variables):
        done = self.run_with(plugin, **variables)
        self.assert_error(done, *parts)
        self.assertEqual(plugin.runs, 0)

    def test_none_may_run(self):
        self.kuberc(credentialPluginPolicy="DenyAll")
        self.assert_refused(self.plugin(), "profefe-login", "not allowed",
                            'policy set to "DenyAll"')

    def test_all_may_run(self):
        self.kuberc(credentialPluginPolicy="AllowAll")
        self.assert_exit(self.run_with(self.plugin()), 0)

    def test_those_of_a_list_may_run(self):
        plugin = self.plugin()
        self.kuberc(credentialPluginPolicy="Allowlist",
                    credentialPluginAllowlist=[{"name": "another"}])
        self.assert_refused(plugin, "profefe-login", "allowlist")
        self.kuberc(credentialPluginPolicy="Allowlist",
                    credentialPluginAllowlist=[{"name": str(plugin.path)}])
        self.assert_exit(self.run_with(plugin), 0)

    def test_a_policy_that_cannot_be_read_lets_none_run(self):
        path = self.kuberc(credentialPluginPolicy="DenyAll")
        path.write_text(path.read_text().replace("Preference", "Pref"))
        self.assert_refused(self.plugin(), "not allowed", str(path))

    def test_the_variable_names_another_file_or_none(self):
        plugin = self.plugin()
        path = self.kuberc(credentialPluginPolicy="DenyAll")
        self.assert_exit(self.run_with(plugin, KUBERC="off"), 0)
        moved = self.scratch / "moved"
        shutil.move(path, moved)
        denied = self.plugin(name="denied")
        self.assert_refused(denied, "not allowed", KUBERC=moved)
