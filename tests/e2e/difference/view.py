# SPDX-License-Identifier: MIT
"""`kubectl config view --minify --flatten --raw -o json` beside what our
resolver says of the same files (tests/support/print_cluster.cpp)."""

import json
import pathlib

# What `config view` heeds of all flags.
FLAGS = ("--kubeconfig", "--context")
KINDS = {"clusters": "cluster", "users": "user", "contexts": "context"}
# What we have no use for, and therefore do not keep.
PATHS = ("tokenFile", "command")
UNKNOWN = ("extensions",)


def comparable(setup):
    """Whether both are asked for the same; in a pod only we have an
    answer."""
    names = [flag.partition("=")[0] for flag in setup.flags
             if flag.startswith("-")]
    return all(name in FLAGS for name in names) and not setup.private


def entries(view):
    """{kind: {field: value}} without what is empty."""
    view = json.loads(view)
    return {kind: _tidy(((view.get(kind) or [{}])[0].get(key) or {}))
            for kind, key in KINDS.items()}


def difference(view, printed):
    """A line that says it, or None."""
    theirs, ours = entries(view), entries(printed)
    # Both mean it, but only we write it down.
    theirs["contexts"].setdefault("namespace", "default")
    return "; ".join(
        f"{kind}: {field}: {theirs[kind].get(field)!r} is "
        f"{ours[kind].get(field)!r}"
        for kind in KINDS for field in sorted({*theirs[kind], *ours[kind]})
        if theirs[kind].get(field) != ours[kind].get(field)) or None


def _tidy(value, key=""):
    if key.endswith("-data"):
        return "".join(value.split())
    if key in PATHS and "/" in value:
        # kubectl prints them as they are written, we where they are.
        return pathlib.PurePath(value).name
    if not isinstance(value, dict):
        return value
    tidy = {key: _tidy(item, key) for key, item in value.items()
            if key not in UNKNOWN}
    return {key: item for key, item in tidy.items()
            if item not in (None, "", [], {}, False)}
