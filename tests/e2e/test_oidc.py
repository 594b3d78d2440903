# SPDX-License-Identifier: MIT
"""An expired id-token is refreshed as kubectl refreshes it: the same requests
to the issuer, the same kubeconfig afterwards, and the real API server takes
the new token."""

import pathlib
import subprocess
import tempfile

import yaml
from difference.bench import private_possible
from harness import kubeconfig, secrets
from harness.binary import tool_path
from harness.case import Case
from harness.issuer import DISCOVERY, Issuer
from harness.kube import rule
from harness.kubeconfig import Parts
from harness.pki import hours_ago

CLIENT, SECRET = "the client", "secret+of/client"


class Oidc(Case):
    @classmethod
    def prepare(cls):
        cls.parts = Parts(cls.world.plane)
        cls.world.api.service_account(
            cls.namespace, "reader", [rule("pods", "list", "get")])
        # What the issuer gives out is a token that this API server takes.
        cls.token = cls.world.api.token(cls.namespace, "reader")
        cls.expired = cls.parts.pki.service_account_token(
            {"sub": "jane"}, hours_ago(2), 3600)
        cls.refresh_token = "refresh-token-of-this-test"
        cls.next_refresh_token = "next-refresh-token-of-this-test"
        for text in (SECRET, cls.refresh_token, cls.next_refresh_token):
            secrets.remember(text, "a secret of OpenID Connect")

    def issuer(self, *answers):
        made = Issuer(self.parts.pki, answers)
        self.addCleanup(made.close)
        return made

    def kubeconfig_of(self, issuer, name, login="", **changes):
        config = {"idp-issuer-url": issuer.url.replace("//", f"//{login}"), "client-id": CLIENT,
                  "client-secret": SECRET, "id-token": self.expired,
                  "refresh-token": self.refresh_token,
                  "idp-certificate-authority-data":
                      self.parts.pki.base64("ca.crt"), **changes}
        user = {"auth-provider": {"name": "oidc", "config": {
            key: value for key, value in config.items() if value}}}
        # Not in the scratch folder: no secret may be written to a file there.
        folder = tempfile.TemporaryDirectory(dir=self.world.folder)
        self.addCleanup(folder.cleanup)
        return kubeconfig.write(pathlib.Path(folder.name) / name,
                                self.parts.cluster(), user,
                                namespace=self.namespace)

    def by_both(self, *answers, **changes):
        """What came of kubectl and of us: the run, what the issuer was asked,
        and the provider's fields in the kubeconfig afterwards."""
        for name, run in (("kubectl", lambda env: self.kubectl(
                              "get", "pods", env=env)),
                          ("ours", lambda env: self.tool("targets", env=env))):
            issuer = self.issuer(*answers)
            path = self.kubeconfig_of(issuer, name, **changes)
            done = run(self.environment(KUBECONFIG=path))
            fields = dict(_provider(path), **{"idp-issuer-url": None})
            yield done, issuer.asked, fields

    def assert_same(self, *answers, **changes):
        (theirs, their_asked, their_fields), (ours, our_asked, our_fields) = (
            self.by_both(*answers, **changes))
        self.assertEqual(theirs.code == 0, ours.code == 0,
                         f"{theirs}\n{ours}")
        # kubectl asks for its discovery some times more when it has failed.
        self.assertEqual(our_asked, list(dict.fromkeys(their_asked)))
        self.assertEqual(our_fields, their_fields)
        return ours, our_asked, our_fields

    def test_new_tokens_are_used_and_kept(self):
        done, asked, fields = self.assert_same((200, {
            "id_token": self.token, "access_token": "a",
            "refresh_token": self.next_refresh_token}))
        self.assert_exit(done, 0)
        self.assertEqual([request.path for request in asked],
                         ["/realm" + DISCOVERY, "/realm/token"])
        self.assertEqual(fields["id-token"], self.token)
        self.assertEqual(fields["refresh-token"], self.next_refresh_token)

    def test_the_refresh_token_stays_where_there_is_no_new_one(self):
        done, _, fields = self.assert_same(
            (200, {"id_token": self.token, "access_token": "a"}))
        self.assert_exit(done, 0)
        self.assertEqual(fields["refresh-token"], self.refresh_token)

    def test_an_issuer_that_wants_the_secret_in_the_form(self):
        done, asked, _ = self.assert_same(
            (401, {"error": "invalid_client"}),
            (200, {"id_token": self.token, "access_token": "a"}))
        self.assert_exit(done, 0)
        self.assertIn(("client_secret", SECRET), asked[-1].form)

    def test_a_client_without_a_secret(self):
        done, _, _ = self.assert_same(
            (200, {"id_token": self.token, "access_token": "a"}),
            **{"client-secret": None})
        self.assert_exit(done, 0)

    def test_a_refusal_changes_nothing_and_says_why(self):
        done, _, fields = self.assert_same(
            (400, {"error": "invalid_grant",
                   "error_description": "the session has ended"}))
        self.assert_error(done, "failed to refresh token", "invalid_grant",
                          "the session has ended")
        self.assertEqual(fields["id-token"], self.expired)

    def test_an_answer_without_an_id_token(self):
        done, _, fields = self.assert_same((200, {"access_token": "a"}))
        self.assert_error(done, "did not contain an id_token")
        self.assertEqual(fields["refresh-token"], self.refresh_token)

    def test_the_refresh_token_is_not_spent_where_new_ones_cannot_be_kept(self):
        for name, change in {
                "a lock is left over": lambda path: path.with_name(
                    path.name + ".lock").touch(),
                "the token is in two lines": lambda path: path.write_text(
                    yaml.safe_dump(yaml.safe_load(path.read_text()))
                    .replace(self.expired, self.expired[:9] + "\n"
                             + 12 * " " + self.expired[9:]))}.items():
            with self.subTest(name):
                issuer = self.issuer((200, {"id_token": self.token}))
                path = self.kubeconfig_of(issuer, "ours")
                change(path)
                done = self.tool("targets",
                                 env=self.environment(KUBECONFIG=path))
                self.assert_error(done, "could not persist new tokens",
                                  str(path))
                self.assertEqual(issuer.asked, [])

    def test_a_kubeconfig_that_is_a_mount_of_its_own(self):
        """As a container has it: no other file can take its name."""
        if not private_possible():
            self.skipTest("no mount namespace can be made here")
        issuer = self.issuer((200, {
            "id_token": self.token, "access_token": "a",
            "refresh_token": self.next_refresh_token}))
        path = self.kubeconfig_of(issuer, "ours")
        mounted = path.with_name("mounted")
        mounted.touch()
        done = subprocess.run(
            ["unshare", "--mount", "--propagation", "private", "sh", "-c",
             'mount --bind "$1" "$2" && exec "$3" targets', "sh", path,
             mounted, tool_path()],
            env=self.environment(KUBECONFIG=mounted), cwd=self.scratch,
            capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(_provider(path)["refresh-token"],
                         self.next_refresh_token)
        self.assertEqual(sorted(file.name for file in path.parent.iterdir()),
                         ["mounted", "ours"])

    def test_an_issuer_of_another_authority_is_not_told_a_secret(self):
        self.parts.pki.authority("other-ca")
        done, asked, _ = self.assert_same(
            (200, {"id_token": self.token}),
            **{"idp-certificate-authority-data":
               self.parts.pki.base64("other-ca.crt")})
        self.assert_error(done, "certificate",
                          "checked against the user's "
                          "idp-certificate-authority")
        self.assertNotIn("certificate-authority-data of cluster", done.err)
        self.assertEqual(asked, [])

    def test_a_login_in_the_address_of_the_issuer(self):
        secrets.remember("word-of-issuer", "the issuer's password")
        done, asked, _ = self.assert_same(
            (200, {"id_token": self.token, "access_token": "a"}),
            login="jane:word%2Dof%2Dissuer@")
        self.assert_exit(done, 0)
        self.assertEqual(asked[0].client, "jane:word-of-issuer")

    def test_an_issuer_that_is_not_there_is_named_without_the_login(self):
        secrets.remember("word-of-issuer", "the issuer's password")
        path = self.kubeconfig_of(
            self.issuer((200, {})), "ours", **{"idp-issuer-url": "https://jane:word-of-issuer@127.0.0.1:1"})
        done = self.tool("targets", env=self.environment(KUBECONFIG=path))
        self.assert_error(done, "https://127.0.0.1:1: connection refused")
        self.assertNotIn("connect to", done.err)


def _provider(path):
    """The provider's fields; kubectl writes the file anew, as YAML."""
    config = yaml.safe_load(path.read_text())
    return config["users"][0]["user"]["auth-provider"]["config"]
