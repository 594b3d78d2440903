# SPDX-License-Identifier: MIT
"""Where slow things are kept: outside the checkout, as scripts/lib.sh says."""

import contextlib
import fcntl
import os
import pathlib
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]


class Unavailable(unittest.SkipTest):
    """A part the tests need cannot be had here; the text says which, why."""


def cache_dir():
    """$PROFEFE_CACHE, else the folder that scripts/lib.sh falls back to."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    path = os.environ.get("PROFEFE_CACHE") or f"{base}/kubectl-profefe"
    return pathlib.Path(path)


@contextlib.contextmanager
def locked(name):
    """Holds a lock in the cache: two runs must not fill one folder at once."""
    cache_dir().mkdir(parents=True, exist_ok=True)
    with open(cache_dir() / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
