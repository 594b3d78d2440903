# SPDX-License-Identifier: MIT
"""A cgroup that lets a program have so much memory and no more."""

import contextlib
import os
import pathlib

ROOT = pathlib.Path("/sys/fs/cgroup")


class MemoryLimit:
    """For one program: `enter`, given to it as preexec_fn, puts it in.

    Where no cgroup can be made `enforced` is False, and `enter` does nothing:
    the peak that was measured must do then.
    """

    def __init__(self, limit):
        self.folder = None
        unified = (ROOT / "cgroup.controllers").exists()
        parent = ROOT if unified else ROOT / "memory"
        folder = parent / f"kubectl-profefe-bench-{os.getpid()}"
        try:
            if unified:
                (ROOT / "cgroup.subtree_control").write_text("+memory")
            folder.mkdir()
            self.folder = folder
            file = "memory.max" if unified else "memory.limit_in_bytes"
            (folder / file).write_text(str(limit))
        except OSError:
            self.close()
        self.enforced = self.folder is not None
        for file in ("memory.swap.max", "memory.swappiness"):
            with contextlib.suppress(OSError, TypeError):
                (self.folder / file).write_text("0")

    def enter(self):
        if self.folder:
            (self.folder / "cgroup.procs").write_text(str(os.getpid()))

    def close(self):
        with contextlib.suppress(OSError, AttributeError):
            self.folder.rmdir()
        self.folder = None
