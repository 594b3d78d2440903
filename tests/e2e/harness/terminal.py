# SPDX-License-Identifier: MIT
"""Runs programs on a terminal of their own."""

import contextlib
import fcntl
import os
import pty
import struct
import subprocess
import termios


def run_on_terminal(command, env, cwd=None, columns=60):
    """The exit code, and every byte that came to the terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(ours, termios.TIOCSWINSZ,
                struct.pack("HHHH", 25, columns, 0, 0))
    child = subprocess.Popen(command, env=env, cwd=cwd, stdin=theirs,
                             stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # what a closed terminal reads as
        while chunk := os.read(ours, 65536):
            shown += chunk
    os.close(ours)
    return child.wait(60), shown
