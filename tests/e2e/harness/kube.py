# SPDX-License-Identifier: MIT
"""A small client of the Kubernetes API for tests to make their world with."""

import concurrent.futures
import http.client
import json
import pathlib
import ssl
import threading
import urllib.parse

from . import secrets

MERGE_PATCH = "application/merge-patch+json"


class ApiError(OSError):
    """The server answered with an error status; the text is its reason."""

    def __init__(self, method, path, status, body):
        super().__init__(f"{method} {path}: {status} {body[:300]!r}")
        self.status = status


class Api:
    """One user's view of an API server; threads may share it."""

    def __init__(self, server, pki):
        self.address = urllib.parse.urlsplit(server)
        pki = pathlib.Path(pki)
        self.context = ssl.create_default_context(cafile=pki / "ca.crt")
        self.context.load_cert_chain(pki / "admin.crt", pki / "admin.key")
        self.local = threading.local()

    def get(self, path):
        return self.request("GET", path)

    def get_json(self, path):
        return json.loads(self.get(path))

    def exists(self, path):
        try:
            return bool(self.get(path))
        except ApiError as error:
            if error.status != 404:
                raise
            return False

    def post(self, path, body):
        return json.loads(self.request("POST", path, body))

    def patch(self, path, body):
        return json.loads(self.request("PATCH", path, body))

    def delete(self, path, body=None):
        return json.loads(self.request("DELETE", path, body))

    def request(self, method, path, body=None):
        """The bytes of a 2xx answer; everything else is an ApiError."""
        kind = MERGE_PATCH if method == "PATCH" else "application/json"
        data = None if body is None else json.dumps(body)
        headers = {"Content-Type": kind} if data else {}
        reused = getattr(self.local, "connection", None) is not None
        try:
            status, content = self._exchange(method, path, data, headers)
        except (OSError, http.client.HTTPException) as error:
            self.local.connection = None
            if not reused:
                raise ConnectionError(f"{method} {path}: {error}") from error
            # The server closes connections that were idle for long.
            status, content = self._exchange(method, path, data, headers)
        if status >= 300:
            raise ApiError(method, path, status, content)
        return content

    def namespace(self, name):
        """Makes a namespace; one that is there already is as good."""
        self._ensure("/api/v1/namespaces", {"metadata": {"name": name}})

    def create_pod(self, namespace, name, ip="127.0.0.1", **options):
        """Makes a pod and reports it running at `ip`, as a kubelet would.

        Options: annotations, labels, ports ({name: number} of its container),
        node, phase, ready; ip None or phase None leaves the status alone.
        """
        pods = f"/api/v1/namespaces/{namespace}/pods"
        self.post(pods, pod_object(name, options))
        phase = options.get("phase", "Running")
        if phase:
            self.patch(f"{pods}/{name}/status",
                       {"status": pod_status(phase, ip, options)})

    def create_pods(self, namespace, pods, workers=8):
        """Many at once: pods is a list of keyword dicts of create_pod."""
        self.namespace(namespace)
        with concurrent.futures.ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda pod: self.create_pod(namespace, **pod), pods))

    def delete_pod(self, namespace, name, grace=0):
        """grace 0: gone at once. More: terminating until someone confirms,
        which nobody does here."""
        self.delete(f"/api/v1/namespaces/{namespace}/pods/{name}",
                    {"gracePeriodSeconds": grace})

    def service_account(self, namespace, name, rules=()):
        """A ServiceAccount that may do what the RBAC rules say, anywhere."""
        self.namespace(namespace)
        self._ensure(f"/api/v1/namespaces/{namespace}/serviceaccounts",
                     {"metadata": {"name": name}})
        rbac = "/apis/rbac.authorization.k8s.io/v1"
        role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
                "name": f"{namespace}-{name}"}
        subject = {"kind": "ServiceAccount", "name": name,
                   "namespace": namespace}
        meta = {"name": role["name"]}
        if rules:
            self._ensure(f"{rbac}/clusterroles",
                         {"metadata": meta, "rules": list(rules)})
            self._ensure(f"{rbac}/clusterrolebindings",
                         {"metadata": meta, "roleRef": role,
                          "subjects": [subject]})

    def token(self, namespace, name, **spec):
        """A ServiceAccount token of the TokenRequest API."""
        path = f"/api/v1/namespaces/{namespace}/serviceaccounts/{name}/token"
        token = self.post(path, {"spec": spec})["status"]["token"]
        secrets.remember(token, "a ServiceAccount's token")
        return token

    def bound_token(self, namespace, name, secret):
        """A token that is good for as long as a Secret, made here, exists."""
        made = self.post(f"/api/v1/namespaces/{namespace}/secrets",
                         {"metadata": {"name": secret}})
        bound = {"kind": "Secret", "apiVersion": "v1", "name": secret,
                 "uid": made["metadata"]["uid"]}
        return self.token(namespace, name, boundObjectRef=bound)

    def _ensure(self, path, body):
        try:
            self.post(path, body)
        except ApiError as error:
            if error.status != 409:
                raise

    def _exchange(self, *request):
        connection = self._connection()
        connection.request(*request)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def _connection(self):
        if getattr(self.local, "connection", None) is None:
            self.local.connection = http.client.HTTPSConnection(
                self.address.hostname, self.address.port,
                context=self.context, timeout=30)
        return self.local.connection


def rule(resource, *verbs):
    """One RBAC rule on a core resource."""
    return {"apiGroups": [""], "resources": [resource], "verbs": list(verbs)}


def pod_object(name, options):
    ports = [{"name": port, "containerPort": number}
             for port, number in options.get("ports", {}).items()]
    meta = {"name": name, "labels": options.get("labels", {}),
            "annotations": options.get("annotations", {})}
    container = {"name": "main", "image": "demo", "ports": ports}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": meta,
            "spec": {"nodeName": options.get("node", "node-1"),
                     "terminationGracePeriodSeconds": 30,
                     "containers": [container]}}


def pod_status(phase, ip, options):
    ready = options.get("ready", phase == "Running")
    status = {"phase": phase, "hostIP": "127.0.0.1", "conditions":
              [{"type": "Ready", "status": "True" if ready else "False"}]}
    if ip:
        status.update(podIP=ip, podIPs=[{"ip": ip}])
    return status
