# SPDX-License-Identifier: MIT
"""kprofefe as it runs in a pod: KUBERNETES_SERVICE_HOST and a token that
Kubernetes replaces under it."""

import os
import subprocess
import time
import urllib.parse

from harness import secrets
from harness.binary import tool_path
from harness.cache import Unavailable
from harness.case import Case, Finished
from harness.kube import rule
from harness.plane import ISSUER

# Mounts a folder over /run of a private mount namespace (/var/run is a link
# to it), so that nothing of the machine itself is touched.
IN_POD = """
set -e
mount --bind "$1" "$(readlink -f /var/run)"
shift
exec "$@"
"""


class InCluster(Case):
    @classmethod
    def prepare(cls):
        if os.getuid() != 0:
            raise Unavailable("mounting a ServiceAccount needs root")
        probe = subprocess.run(["unshare", "--mount", "true"],
                               capture_output=True, text=True)
        if probe.returncode:
            raise Unavailable(f"unshare --mount: {probe.stderr.strip()}")
        cls.profefe = cls.world.profefe
        cls.pod("web", cls.world.demos[0], labels={"app": "web"})
        cls.world.api.service_account(cls.namespace, "kprofefe",
                                      [rule("pods", "get", "list"),
                                       rule("pods/proxy", "get")])

    def mounted_account(self, token, namespace=None):
        """A folder to mount over /run: the files of a ServiceAccount."""
        run = self.scratch / "run"
        self.account = run / "secrets/kubernetes.io/serviceaccount"
        self.account.mkdir(parents=True)
        (self.account / "token").write_text(token)
        secrets.remember(token)
        (self.account / "namespace").write_text(namespace or self.namespace)
        ca = self.world.plane.pki.path("ca.crt")
        (self.account / "ca.crt").write_bytes(ca.read_bytes())
        return run

    def start(self, run, *words, **environment):
        api = urllib.parse.urlsplit(
            self.world.plane.environment()["PROFEFE_E2E_API"])
        env = self.environment(KUBECONFIG=None, **{
            "KUBERNETES_SERVICE_HOST": api.hostname,
            "KUBERNETES_SERVICE_PORT": str(api.port), **environment})
        binary = self.scratch / "kprofefe"
        if not binary.is_symlink():
            binary.symlink_to(tool_path())
        child = secrets.Watched(
            ["unshare", "--mount", "--propagation", "private", "sh", "-c",
             IN_POD, "sh", run, binary, "--profefe-hostport",
             self.profefe.url, "--allow-local-pod-ips", *words],
            env=env, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, cwd=self.scratch)
        self.addCleanup(child.wait)
        return child

    def finished(self, child):
        out, err = child.communicate(timeout=60)
        return Finished(child.returncode, out, err)

    def token(self):
        return self.world.api.token(self.namespace, "kprofefe")

    def test_it_collects_the_pods_of_its_own_namespace_by_pod_ip(self):
        run = self.mounted_account(self.token())
        done = self.finished(self.start(run, "-l", "app=web", "--seconds",
                                        "1", "-o", "json"))
        self.assert_exit(done, 0)
        self.assertEqual({(row["pod"], row["via"], row["outcome"])
                          for row in done.json["profiles"]},
                         {("web", "pod-ip", "stored")})

    def test_an_address_that_is_no_pods_is_refused(self):
        """Whoever may write a pod's status could name any address."""
        run = self.mounted_account(self.token())
        done = self.finished(self.start(
            run, "-l", "app=web", "--profiles", "heap", "-o", "json",
            "--allow-local-pod-ips=false"))
        self.assert_exit(done, 1)
        [row] = done.json["profiles"]
        self.assertIn("refusing to connect to pod IP 127.", row["reason"])
        self.assertIn("use --allow-local-pod-ips", row["reason"])

    def test_a_kubeconfig_that_is_named_goes_first(self):
        run = self.mounted_account("useless")
        done = self.finished(self.start(
            run, "--kubeconfig", self.world.plane.kubeconfig, "-n",
            self.namespace, "-l", "app=web", "--profiles", "heap", "--via",
            "pod-ip"))
        self.assert_exit(done, 0)
        self.assertEqual(len(done.lines), 1)

    def test_the_namespace_of_the_environment_goes_first(self):
        run = self.mounted_account(self.token(), namespace="elsewhere")
        done = self.finished(self.start(
            run, "-l", "app=web", "--profiles", "heap",
            POD_NAMESPACE=self.namespace))
        self.assert_exit(done, 0)
        self.assertEqual(len(done.lines), 1)

    def test_a_token_that_is_not_valid_is_named_by_its_file(self):
        run = self.mounted_account("made-up")
        done = self.finished(self.start(run))
        self.assert_error(
            done, "401", "/var/run/secrets/kubernetes.io/serviceaccount/token")

    def test_an_account_without_rights_is_told_which(self):
        api = self.world.api
        api.service_account(self.namespace, "powerless")
        run = self.mounted_account(api.token(self.namespace, "powerless"))
        self.assert_error(self.finished(self.start(run)), "list", "pods")

    def token_of_one_minute(self, seconds_left):
        """Signed as the API server would, but it gives none for less than
        ten minutes. It forgives a clock that is wrong by one minute, so that
        the token is good for two."""
        account = self.world.api.get_json(
            f"/api/v1/namespaces/{self.namespace}/serviceaccounts/kprofefe")
        who = {key: account["metadata"][key] for key in ("name", "uid")}
        claims = {"iss": ISSUER, "aud": [ISSUER], "sub": "system:"
                  f"serviceaccount:{self.namespace}:{who['name']}",
                  "kubernetes.io": {"namespace": self.namespace,
                                    "serviceaccount": who}}
        issued = int(time.time()) - 120 + seconds_left
        return self.world.plane.pki.service_account_token(claims, issued, 60)

    def replace_token(self, child):
        """As a kubelet does."""
        fresh = self.account / "token.new"
        fresh.write_text(self.token())
        fresh.rename(self.account / "token")
        secrets.forget_files(child)

    def test_a_token_of_one_minute_is_renewed_during_the_round(self):
        for name in ("p", "q", "r", "s"):
            self.pod(name, self.world.routed_demo, labels={"app": "minute"})
        old = self.token_of_one_minute(seconds_left=8)
        child = self.start(
            self.mounted_account(old), "--via", "proxy", "-l", "app=minute",
            "--profiles", "cpu", "--concurrency", "1", "--seconds", "6", "-o",
            "json")
        time.sleep(2)
        self.replace_token(child)
        done = self.finished(child)
        self.assert_exit(done, 0)
        self.assertEqual(done.json["summary"]["stored"], 4)
        # The second half of the round was the new one's.
        (self.account / "token").write_text(old)
        again = self.finished(self.start(self.scratch / "run"))
        self.assert_error(again, "401")

    def test_a_token_replaced_during_the_round_is_read_again(self):
        """The first token dies with the Secret it is bound to; the API
        server notices after the 10 s that it remembers good tokens."""
        address = self.world.routed_demo
        for name in ("first", "second", "third"):
            self.pod(name, address, labels={"app": "routed"})
        run = self.mounted_account(self.world.api.bound_token(
            self.namespace, "kprofefe", "first-token"))
        child = self.start(run, "--via", "proxy", "-l", "app=routed",
                           "--profiles", "cpu", "--concurrency", "1",
                           "--seconds", "6", "-o", "json")
        time.sleep(1)
        self.replace_token(child)
        self.world.api.delete(
            f"/api/v1/namespaces/{self.namespace}/secrets/first-token")
        done = self.finished(child)
        self.assert_exit(done, 0)
        self.assertEqual(done.json["summary"]["stored"], 3)
