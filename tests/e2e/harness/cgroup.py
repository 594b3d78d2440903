# SPDX-License-Identifier: MIT
"""The cgroup all pods of a node are under; cgroup v1 and v2."""

import errno
import os
import pathlib

from .daemons import wait_until

ROOT = pathlib.Path("/sys/fs/cgroup")
# Those a kubelet asks for.
CONTROLLERS = ("cpu", "cpuset", "hugetlb", "io", "memory", "pids")


def make(name):
    """A cgroup of that name in every hierarchy of the machine."""
    for hierarchy in _hierarchies():
        folder = hierarchy / name
        folder.mkdir(exist_ok=True)
        # A new one has no CPUs and no memory nodes, so nothing could run.
        for file in ("cpuset.cpus", "cpuset.mems"):
            if (folder / file).exists():
                (folder / file).write_text((hierarchy / file).read_text())


def remove(name):
    """Removes it and all below; its processes have been killed by now."""
    wait_until(f"removal of cgroup {name}", lambda: _removed(name), 10)


def _removed(name):
    """Whether all of it is gone: a process that has been killed keeps its
    cgroup busy until it has ended."""
    try:
        for hierarchy in _hierarchies():
            for folder, _, _ in os.walk(hierarchy / name, topdown=False):
                os.rmdir(folder)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        return False
    return True


def _hierarchies():
    """The folders cgroups are made in: with v1 one for each controller."""
    if not (ROOT / "cgroup.controllers").exists():
        return [path for path in ROOT.iterdir()
                if path.is_dir() and (path / "cgroup.procs").exists()]
    offered = (ROOT / "cgroup.controllers").read_text().split()
    for controller in set(CONTROLLERS) & set(offered):
        (ROOT / "cgroup.subtree_control").write_text(f"+{controller}")
    return [ROOT]
