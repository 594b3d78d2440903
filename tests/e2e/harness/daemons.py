# SPDX-License-Identifier: MIT
"""Background programs known by pid and start time, so that only what was
started here is ever stopped, even after the number was given to another."""

import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import time

from .claims import claim


class Daemons:
    """Programs of one state folder; another process can stop them later."""

    def __init__(self, state):
        self.run = pathlib.Path(state) / "run"
        self.log = pathlib.Path(state) / "log"
        self.children = {}
        for folder in (self.run, self.log):
            folder.mkdir(parents=True, exist_ok=True)

    def start(self, name, command, **popen):
        """Starts a program; its output goes to log/<name>.log."""
        with open(self.log_file(name), "ab") as log:
            child = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True, **popen)
        self.children[name] = child
        self.adopt(name, child.pid)
        return child.pid

    def adopt(self, name, pid):
        """Takes a program that one of ours has started for one of ours."""
        record = {"pid": pid, "start": _start_time(pid)}
        (self.run / name).write_text(json.dumps(record))

    def log_file(self, name):
        return self.log / f"{name}.log"

    def log_tail(self, name, lines=5):
        text = self.log_file(name).read_text(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def pid(self, name):
        """The pid of a program that still runs, else None."""
        try:
            record = json.loads((self.run / name).read_text())
        except (OSError, ValueError):
            return None
        alive = _start_time(record["pid"]) == record["start"]
        return record["pid"] if alive else None

    def names(self):
        return sorted(path.name for path in self.run.iterdir())

    def stop(self, name, seconds=10):
        """Ends a program: SIGTERM, and SIGKILL when it does not listen."""
        for number, patience in ((signal.SIGTERM, seconds),
                                 (signal.SIGKILL, 5)):
            pid = self.pid(name)
            if pid is None:
                break
            os.kill(pid, number)
            self._wait_gone(name, patience)
        (self.run / name).unlink(missing_ok=True)

    def stop_all(self, last=()):
        """Ends every program, those named in `last` after the others."""
        for name in sorted(self.names(), key=lambda name: name in last):
            self.stop(name)

    def _wait_gone(self, name, seconds):
        end = time.monotonic() + seconds
        while self.pid(name) is not None and time.monotonic() < end:
            if name in self.children:
                self.children[name].poll()
            time.sleep(0.02)


def _start_time(pid):
    """Field 22 of /proc/PID/stat; None when there is no such process or only
    its exit status is left."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def free_port():
    """A port nobody listens on now, below the range the kernel gives to
    outgoing connections: those cannot take it before our program does, and
    another run is not given it either."""
    while True:
        port = random.randrange(20000, 32000)
        if not claim(f"port {port}"):
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def listens(address, port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((address, port)) == 0


def wait_until(what, ready, seconds=60, alive=lambda: True):
    """Asks `ready` until it says yes; gives up with a TimeoutError."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not after {seconds} s")
        if not alive():
            raise TimeoutError(f"{what}: the program has ended")
        time.sleep(0.05)
