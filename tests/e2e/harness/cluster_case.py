# SPDX-License-Identifier: MIT
"""The base of tests against pods that really run."""

from .case import Case
from .workloads import NAMESPACE, account_kubeconfig
from .world import world


class ClusterCase(Case):
    """The cluster instead of the control plane; its context names the
    namespace of tests/e2e/workloads."""

    @classmethod
    def setUpClass(cls):
        cls.cluster = world().cluster
        super().setUpClass()

    def kubeconfig(self):
        return self.cluster.plane.kubeconfig

    def as_account(self, name):
        """The environment of who has the rights of that ServiceAccount
        alone."""
        return self.environment(
            KUBECONFIG=account_kubeconfig(self.cluster, name))

    def pods(self, app, namespace=NAMESPACE):
        """Addresses by name of the pods of a workload."""
        path = f"/api/v1/namespaces/{namespace}/pods?labelSelector=app={app}"
        return {pod["metadata"]["name"]: pod["status"]["podIP"]
                for pod in self.cluster.plane.api().get_json(path)["items"]}

    def capture_by(self, route, *words, **run):
        """`capture` by that route from the workloads' namespace into the
        scratch folder, as JSON; one second of CPU unless the words say
        otherwise."""
        brief = [] if "--seconds" in words else ["--seconds", "1"]
        return self.tool("capture", "-n", NAMESPACE, "--via", route, "-o",
                         "json", "--output-dir", self.scratch, *brief, *words,
                         **run)
