# SPDX-License-Identifier: MIT
"""Runs programs on a terminal of their own."""

import contextlib
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def open_terminal(columns):
    ours, theirs = pty.openpty()
    fcntl.ioctl(ours, termios.TIOCSWINSZ,
                struct.pack("HHHH", 25, columns, 0, 0))
    return ours, theirs


def run_on_terminal(command, env, cwd=None, columns=60):
    """The exit code, and every byte that came to the terminal."""
    ours, theirs = open_terminal(columns)
    child = subprocess.Popen(command, env=env, cwd=cwd, stdin=theirs,
                             stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # what a closed terminal reads as
        while chunk := os.read(ours, 65536):
            shown += chunk
    os.close(ours)
    return child.wait(60), shown


class Typist:
    """Somebody at a terminal in which a program runs."""

    def __init__(self, command, env, cwd=None, columns=120):
        self.ours, theirs = open_terminal(columns)
        self.child = subprocess.Popen(
            command, env={"TERM": "xterm", **env}, cwd=cwd, stdin=theirs,
            stdout=theirs, stderr=theirs, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(theirs, termios.TIOCSCTTY, 0))
        os.close(theirs)
        self.shown = ""

    def type(self, keys):
        os.write(self.ours, keys.encode())

    def read_until(self, expected, seconds=30):
        """What came up to then, without the terminal's sequences."""
        end = time.monotonic() + seconds
        while expected not in self.shown:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.ours], [], [], left)[0]:
                raise AssertionError(f"no {expected!r} in {self.shown!r}")
            try:
                chunk = os.read(self.ours, 65536)
            except OSError:  # what a closed terminal reads as
                raise AssertionError(
                    f"no {expected!r} in {self.shown!r}, and the end") from None
            self.shown = SEQUENCE.sub("", self.shown + chunk.decode())
        end = self.shown.index(expected) + len(expected)
        before, self.shown = self.shown[:end], self.shown[end:]
        return before

    def read_prompt(self, prompt, seconds=30):
        """The same, and then until the program reads single keys: before that
        the terminal itself would make lines of them."""
        before = self.read_until(prompt, seconds)
        end = time.monotonic() + seconds
        while termios.tcgetattr(self.ours)[3] & termios.ICANON:
            if time.monotonic() > end:
                raise AssertionError("keys are still made into lines")
            time.sleep(0.005)
        return before

    def close(self):
        """The exit code after all was read."""
        with contextlib.suppress(OSError):
            while os.read(self.ours, 65536):
                pass
        os.close(self.ours)
        return self.child.wait(60)
