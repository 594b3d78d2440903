# SPDX-License-Identifier: MIT
"""The base of every end-to-end test: its scratch folder, its namespace, and
the words tests speak in."""

import dataclasses
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from . import secrets
from .binary import tool_path
from .gobuild import kube_binaries
from .world import world


class OptionalPart(unittest.SkipTest):
    """A skip that stays one with CI=true: the part is not everywhere."""

    MARK = "optional: "

    def __init__(self, reason):
        super().__init__(self.MARK + reason)


@dataclasses.dataclass
class Finished:
    """How a run of the tool ended."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return self.out.splitlines()


class Case(unittest.TestCase):
    """One subject; subclasses prepare their pods in `prepare`."""

    @classmethod
    def setUpClass(cls):
        cls.world = world()
        words = re.findall("[A-Z][a-z]+", cls.__name__)
        cls.namespace = "-".join(words).lower()
        cls.prepare()

    @classmethod
    def prepare(cls):
        """Makes what all tests of the class need."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(dir=self.world.folder)
        self.addCleanup(folder.cleanup)
        self.scratch = pathlib.Path(folder.name)

    @classmethod
    def pod(cls, name, ip="127.0.0.1", namespace=None, **options):
        """A pod of this class's namespace, annotated with `profefe`: the
        keys of profefe.com/, by default enable=true; {} for none."""
        keys = options.pop("profefe", {"enable": "true"})
        annotations = {f"profefe.com/{key}": v for key, v in keys.items()}
        api = cls.world.api
        api.namespace(namespace or cls.namespace)
        api.create_pod(namespace or cls.namespace, name, ip=ip,
                       annotations=annotations, **options)

    @classmethod
    def demo(cls, *options, **where):
        """A demo program of this class alone; returns its address."""
        address = cls.world.start_demo(*options, **where)
        cls.addClassCleanup(cls.world.stop_demo, address)
        return address

    def kubeconfig(self):
        """The path of the one that `environment` names."""
        return self.world.plane.kubeconfig

    def environment(self, **changes):
        """A clean environment: this run's cluster and nothing of the user's.
        A change to None removes the variable."""
        kept = {name: os.environ[name] for name in ("PATH", "GOCACHE")
                if name in os.environ}
        kept.update(HOME=str(self.scratch), **changes)
        if "KUBECONFIG" not in changes:
            kept["KUBECONFIG"] = self.kubeconfig()
        return {k: str(v) for k, v in kept.items() if v is not None}

    def spawn(self, *words, argv0=None, env=None, stdin=None):
        """Starts the tool without waiting; the caller ends it."""
        binary = tool_path()
        child = secrets.Watched(
            [argv0 or "kubectl-profefe", *words], executable=binary,
            text=True, stdin=stdin or subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.scratch,
            env=env or self.environment())
        self.addCleanup(_end, child)
        return child

    def tool(self, *words, env=None, argv0=None, text=None, timeout=60):
        """Runs the tool to its end; `text` goes to its standard input."""
        stdin = subprocess.PIPE if text is not None else None
        child = self.spawn(*words, env=env, argv0=argv0, stdin=stdin)
        out, err = child.communicate(text, timeout)
        return Finished(child.returncode, out, err)

    def kubectl(self, *words, env=None, timeout=60):
        """Runs the real kubectl, with the tool as its plugin."""
        folder = self.scratch / "bin"
        folder.mkdir(exist_ok=True)
        plugin = folder / "kubectl-profefe"
        if not plugin.is_symlink():
            plugin.symlink_to(tool_path())
        env = dict(env or self.environment())
        env["PATH"] = f"{folder}:{env['PATH']}"
        child = secrets.Watched(
            [kube_binaries() / "kubectl", *words], env=env, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.scratch)
        self.addCleanup(_end, child)
        out, err = child.communicate(timeout=timeout)
        return Finished(child.returncode, out, err)

    def capture(self, *words, **run):
        """`capture` with pod IPs into the scratch folder; one second of CPU
        unless the words say otherwise."""
        brief = [] if "--seconds" in words else ["--seconds", "1"]
        return self.tool("capture", "--via", "pod-ip", "--output-dir",
                         self.scratch, *brief, *words, **run)

    def targets(self, *words, **run):
        """Selected pod names, and for every other pod the reason."""
        done = self.tool("targets", "-o", "json", *words, **run)
        self.assert_exit(done, 0)
        rows = done.json
        return ([row["pod"] for row in rows["targets"]],
                {row["pod"]: row["reason"] for row in rows["not_targets"]})

    def assert_exit(self, done, code):
        self.assertEqual(done.code, code,
                         f"stdout: {done.out}\nstderr: {done.err}")

    def assert_error(self, done, *parts, code=1):
        """Failed with one `error: ` line that names every part, and without
        results on stdout."""
        self.assert_exit(done, code)
        self.assertEqual(done.out, "")
        errors = [line for line in done.err.splitlines()
                  if line.startswith("error: ")]
        self.assertEqual(len(errors), 1, done.err)
        for part in parts:
            self.assertIn(part, errors[0])

    def files(self, pattern="profile-*"):
        return sorted(self.scratch.glob(pattern))


def _end(child):
    if child.poll() is None:
        child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout, child.stderr):
        if stream:
            stream.close()
