# SPDX-License-Identifier: MIT
"""What a command costs: wall time, CPU time and peak memory; and on what
machine."""

import dataclasses
import os
import platform
import subprocess
import sys
import time


@dataclasses.dataclass
class Cost:
    """Seconds and bytes of one run."""

    wall: float
    cpu: float
    memory: int
    status: int
    ended: bool = True  # by itself


def measure(command, stdout, pause=0.01, limit=None, **popen):
    """Runs a command to its end, or kills it after `limit` seconds; `pause`
    seconds between looks at its memory must be few for one that takes
    milliseconds.

    CPU time is the kernel's count for that process. Peak memory is VmHWM, read
    until the end: ru_maxrss of a child begins with the peak of its parent.
    """
    began = time.monotonic()
    child = subprocess.Popen([str(word) for word in command], stdout=stdout,
                             stdin=subprocess.DEVNULL, **popen)
    peak, ended = 0, True
    while True:
        peak = max(peak, peak_memory(child.pid))
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            break
        if limit and ended and time.monotonic() - began > limit:
            ended = False
            child.kill()
        time.sleep(pause)
    child.returncode = os.waitstatus_to_exitcode(status)
    return Cost(time.monotonic() - began, usage.ru_utime + usage.ru_stime,
                peak, child.returncode, ended)


def median(costs):
    """The run in the middle by CPU time, with the highest memory of all."""
    middle = sorted(costs, key=lambda cost: cost.cpu)[len(costs) // 2]
    return dataclasses.replace(
        middle, memory=max(cost.memory for cost in costs))


def machine():
    """The machine in words, for below a table."""
    with open("/proc/cpuinfo") as info:
        model = next((line.partition(": ")[2].strip() for line in info
                      if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} cores ({model}), Linux {platform.release()}"


def say(text):
    """Progress, to where no table goes."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def peak_memory(pid):
    """Bytes of a process that runs; 0 when it is gone."""
    try:
        with open(f"/proc/{pid}/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
