# SPDX-License-Identifier: MIT
"""The program under test."""

import os
import pathlib

from .cache import ROOT, Unavailable


def tool_path():
    """The binary under test: $KUBECTL_PROFEFE, else what scripts/build
    made."""
    named = os.environ.get("KUBECTL_PROFEFE")
    built = [ROOT / "build" / kind / "kubectl-profefe"
             for kind in ("release", "dev")]
    for path in [pathlib.Path(named).resolve()] if named else built:
        if path.exists():
            return path
    raise Unavailable("kubectl-profefe is not built (run scripts/build)")
