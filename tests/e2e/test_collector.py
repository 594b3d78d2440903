# SPDX-License-Identifier: MIT
"""The collector as a Job of a real cluster, made from manifests/."""

import json
import os

from harness.cache import ROOT
from harness.cluster_case import ClusterCase
from harness.daemons import wait_until
from harness.profefe import ProfefeClient
from harness.workloads import NAMESPACE, deploy_profefe, kubectl

REACHABLE = "app in (agent, cart, import, ledger)"


class Collector(ClusterCase):
    @classmethod
    def prepare(cls):
        address = deploy_profefe(cls.cluster)
        cls.profefe_address = address
        cls.profefe = ProfefeClient(f"http://{address}:10100")
        cls.install("kprofefe", "cluster", address)

    @classmethod
    def admin(cls, *words):
        return kubectl(cls.cluster, *words)

    @classmethod
    def install(cls, namespace, overlay, profefe):
        """The overlay as it is, then what this cluster has not."""
        cls.admin("apply", "-n", namespace, "-k",
                  ROOT / "manifests/overlays" / overlay)
        cls.adapt(namespace, profefe)

    @classmethod
    def adapt(cls, namespace, profefe):
        """There is no DNS; rounds are short, and begin when a test says so.
        One second of a pod that waits for a CPU may have no sample at all."""
        pod = "/spec/jobTemplate/spec/template/spec"
        alias = {"ip": profefe, "hostnames": ["profefe"]}
        cls.admin("-n", namespace, "patch", "cronjob", "kprofefe", "--type",
                  "json", "--patch", json.dumps([
                      {"op": "add", "path": path, "value": value}
                      for path, value in (
                          ("/spec/suspend", True),
                          (f"{pod}/hostAliases", [alias]),
                          (f"{pod}/containers/0/args/-", "--seconds=3"))]))

    def round(self, name, *words, namespace="kprofefe"):
        """Runs a Job of the CronJob to its end, with words added to its
        arguments: whether it succeeded, and its log."""
        job = json.loads(self.admin(
            "-n", namespace, "create", "job", name, "--from=cronjob/kprofefe",
            "--dry-run=client", "-o", "json"))
        [container] = job["spec"]["template"]["spec"]["containers"]
        container["args"] += words
        api = self.cluster.plane.api()
        jobs = f"/apis/batch/v1/namespaces/{namespace}/jobs"
        api.post(jobs, job)

        def ended():
            status = api.get_json(f"{jobs}/{name}")["status"]
            return status.get("succeeded") or status.get("failed")

        wait_until(f"job {name}", ended, 60)
        status = api.get_json(f"{jobs}/{name}")["status"]
        log = self.admin("-n", namespace, "logs", f"job/{name}")
        return bool(status.get("succeeded")), log

    def labels(self, service, kind):
        """Those of each profile of that kind, as one dict each."""
        return [{label["key"]: label["value"] for label in row["labels"]}
                for row in self.profefe.rows(service, type=kind)]

    def test_a_round_stores_the_profiles_of_all_pods_it_reaches(self):
        succeeded, log = self.round("all", "-l", REACHABLE)
        self.assertTrue(succeeded, log)
        for service in ("agent", "cart", "import", "ledger"):
            want = [{"from": "kube-profefe", "namespace": NAMESPACE,
                     "pod": pod} for pod in self.pods(service)]
            self.assertCountEqual(self.labels(service, "cpu"), want, log)

    def test_the_overlay_of_one_namespace_collects_there(self):
        self.install(NAMESPACE, "namespace", self.profefe_address)
        self.addCleanup(self.admin, "delete", "-n", NAMESPACE, "-k",
                        ROOT / "manifests/overlays/namespace")
        before = len(self.labels("cart", "heap"))
        succeeded, log = self.round("one-namespace", "--profiles", "heap",
                                    "-l", "app=cart", namespace=NAMESPACE)
        self.assertTrue(succeeded, log)
        self.assertEqual(len(self.labels("cart", "heap")) - before,
                         len(self.pods("cart")), log)

    def test_with_the_component_it_forwards_where_an_address_is_refused(self):
        folder = self.scratch / "kustomize"
        folder.mkdir()
        manifests = os.path.relpath(ROOT / "manifests", folder.resolve())
        (folder / "kustomization.yaml").write_text(
            f"resources: [{manifests}/overlays/cluster]\n"
            f"components: [{manifests}/components/port-forward]\n")
        self.admin("apply", "-k", folder)
        self.addCleanup(self.admin, "apply", "-k",
                        ROOT / "manifests/overlays/cluster")
        self.adapt("kprofefe", self.profefe_address)
        succeeded, log = self.round("forward", "--profiles", "heap", "-l",
                                    "app in (ledger, loopback)")
        self.assertTrue(succeeded, log)
        self.assertIn("note: 1 pod reached via port-forward because pod-ip: ", log)
        self.assertTrue(self.labels("loopback", "heap"), log)

    def test_a_pod_it_does_not_reach_fails_the_job_and_is_named(self):
        succeeded, log = self.round("some", "--profiles", "heap", "-l",
                                    "app in (ledger, loopback)")
        self.assertFalse(succeeded, log)
        self.assertIn("loopback", log)
        self.assertRegex(log, "pod-ip: .*refused; port-forward: forbidden")
        self.assertTrue(self.labels("ledger", "heap"), log)
