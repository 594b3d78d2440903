# SPDX-License-Identifier: MIT
"""One configuration in the making: entries, files, environment, flags."""

import json
import shutil

from harness import secrets

from .bench import HOSTS, write

TOKEN = "token-of-main"


def as_json(config):
    return json.dumps(config, indent=1)


class Setup:
    """What a case starts from: a kubeconfig that works, in conf/config.

    Cases change the entries; `layout` decides at the end which files they
    are written to, and returns {path: text} with paths relative to the
    folder.
    """

    def __init__(self, bench, folder):
        self.bench = bench
        self.folder = folder
        self.home = folder / "home"
        self.work = folder / "work"
        self.cluster = {"server": bench.url(),
                        "certificate-authority-data": bench.pki.base64(
                            "ca.crt")}
        self.user = {"token": TOKEN}
        self.context = {"cluster": "main", "user": "main",
                        "namespace": "shop"}
        # Other entries than those called main.
        self.clusters, self.users, self.contexts = {}, {}, {}
        self.current = "main"
        self.text = as_json
        self.layout = one_file
        self.flags = []
        self.env = {}
        self.files = {}  # more of them: {path: text}
        self.private = False  # needs its own /etc/hosts and /run

    def environment(self):
        return {name: str(value) for name, value in self.env.items()
                if value is not None}

    def config(self, **kept):
        """A kubeconfig of all entries, or of the kinds that are named."""
        config = {"apiVersion": "v1", "kind": "Config"}
        kinds = {"clusters": ("cluster", self.cluster, self.clusters),
                 "users": ("user", self.user, self.users),
                 "contexts": ("context", self.context, self.contexts)}
        for kind, (key, main, more) in kinds.items():
            if kept.get(kind, not kept):
                entries = dict({"main": main} if main is not None else {},
                               **more)
                config[kind] = [{"name": name, key: entry}
                                for name, entry in entries.items()]
        if self.current is not None and kept.get("current", not kept):
            config["current-context"] = self.current
        return config

    def write(self):
        secrets.remember_user({"user": self.user, "cluster": self.cluster,
                               **self.users})
        for folder in ("home", "work", "run"):
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
        write(self.folder / "hosts", HOSTS)
        for path, text in {**self.files, **self.layout(self)}.items():
            write(self.folder / path, text)

    def copy(self, name, path):
        """A file of the PKI at a path of the folder."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.bench.pki.path(name), target)
        return target

    def data(self, name):
        return self.bench.pki.base64(name)

    def pki(self, name):
        return str(self.bench.pki.path(name))

    def without_ca(self):
        self.cluster.pop("certificate-authority-data", None)

    def script(self, path, text):
        """A program at a path of the folder."""
        script = write(self.folder / path, "#!/bin/sh\n" + text)
        script.chmod(0o755)
        return script


def one_file(setup):
    setup.env.setdefault("KUBECONFIG", setup.folder / "conf/config")
    return {"conf/config": setup.text(setup.config())}


def raw(text):
    """A layout of that very text; {server}, {ca} and {token} are filled in
    where they stand."""
    def layout(setup):
        setup.env.setdefault("KUBECONFIG", setup.folder / "conf/config")
        filled = text
        for name, value in {"server": setup.bench.url(), "token": "raw-token",
                            "ca": setup.data("ca.crt")}.items():
            filled = filled.replace("{" + name + "}", value)
        return {"conf/config": filled}
    return layout
