# SPDX-License-Identifier: MIT
"""What counts as a difference between two programs in the same setup."""

import base64
import contextlib
import json
import re

from harness import secrets

# What a kubectl user knows: where kubectl says it, so do we.
PHRASES = [re.compile(phrase) for phrase in (
    r'context "[^"]+" does not exist', r'cluster "[^"]+" does not exist',
    r'auth info "[^"]+" does not exist',
    r'no server found for cluster "[^"]+"',
    r"specifying a root certificates file with the insecure flag is not "
    r"allowed",
    r"more than one authentication method found",
    r"requesting uid, groups or user-extra", r"without impersonating a user",
    r"client-key-data or client-key must be specified",
    r"interactiveMode must be specified", r"apiVersion must be specified",
    r"command must be specified", r'invalid apiVersion "[^"]+"',
    r"unable to read (client-cert|client-key|certificate-authority)",
    r"found unexpected end of stream", r"exec format error",
    r"\bstatus\.\w+(?= of type)", r"no such file or directory",
    r"executable \S+ not found",
    r"executable \S+ failed with exit code \d+",
    r"exec plugin returned only certificate or key, not both",
    r"exec plugin didn't return a \w+", r"gke-gcloud-auth-plugin",
    r"kubelogin", r"No valid id-token, and cannot refresh",
    r"standard input is not a terminal")]


def difference(kubectl, ours):
    """A line that says it, or None."""
    leaked = secrets.leaks(ours.out + ours.err)
    if leaked:
        return f"our output shows {', '.join(leaked)}"
    if kubectl.kind != ours.kind:
        return f"kubectl is {kubectl.kind}, we are {ours.kind}"
    if kubectl.seen:
        return _of_requests(kubectl.seen, ours.seen)
    if kubectl.code == 0 or ours.code == 0:
        return f"exit codes {kubectl.code} and {ours.code} without a request"
    for phrase in PHRASES:
        said = phrase.search(kubectl.err)
        if said and said[0] not in ours.err:
            return f"kubectl says {said[0]!r}"
    return None


def _of_requests(theirs, mine):
    fields = [name for name in vars(theirs)
              if _plain(getattr(theirs, name)) != _plain(getattr(mine, name))]
    return "; ".join(f"{name}: {getattr(theirs, name)!r} is "
                     f"{getattr(mine, name)!r}" for name in fields) or None


def _plain(value):
    """JSON that a plugin was told, in whatever order; see plugins.telling."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if isinstance(value, str) and value.startswith("Bearer ey"):
        with contextlib.suppress(ValueError):
            return json.loads(base64.b64decode(value.removeprefix("Bearer ")))
    return value
