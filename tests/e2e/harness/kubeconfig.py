# SPDX-License-Identifier: MIT
"""Writes kubeconfig files for tests, as JSON, which is YAML too."""

import json

from . import secrets


def write(path, cluster, user, name="test", namespace=None, current=True):
    """One cluster, user and context, all called `name`; returns the path."""
    context = {"cluster": name, "user": name}
    if namespace:
        context["namespace"] = namespace
    config = {"apiVersion": "v1", "kind": "Config",
              "clusters": [{"name": name, "cluster": cluster}],
              "users": [{"name": name, "user": user}],
              "contexts": [{"name": name, "context": context}]}
    if current:
        config["current-context"] = name
    secrets.remember_user({"cluster": cluster, "user": user})
    path.write_text(json.dumps(config))
    return path


class Parts:
    """The pieces kubeconfigs of a control plane are made of."""

    def __init__(self, plane):
        self.server = plane.environment()["PROFEFE_E2E_API"]
        self.pki = plane.pki

    def cluster(self, **changes):
        """The cluster with its CA as data; a change to None removes."""
        return _changed({
            "server": self.server,
            "certificate-authority-data": self.pki.base64("ca.crt")}, changes)

    def admin(self):
        """All rights, by a client certificate as data."""
        return self.client("admin")

    def client(self, name):
        """Who a client certificate of that name was issued to."""
        return {"client-certificate-data": self.pki.base64(f"{name}.crt"),
                "client-key-data": self.pki.base64(f"{name}.key")}


def _changed(entry, changes):
    entry.update(changes)
    return {key: value for key, value in entry.items() if value is not None}
