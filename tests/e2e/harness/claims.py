# SPDX-License-Identifier: MIT
"""Numbers of this machine that only one test run may use at a time."""

import socket

_held = []


def claim(name):
    """Whether nobody else has that name; then it is this process's until it
    ends. An abstract socket needs no file and outlives no crash."""
    holder = socket.socket(socket.AF_UNIX)
    try:
        holder.bind(f"\0kubectl-profefe-e2e/{name}")
    except OSError:
        holder.close()
        return False
    _held.append(holder)
    return True
