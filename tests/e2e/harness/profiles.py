# SPDX-License-Identifier: MIT
"""Reads profiles with the tools of Go and makes small ones."""

import gzip
import os
import shutil
import subprocess
import tempfile

from .cache import Unavailable


def pprof_top(path):
    """What `go tool pprof -top` prints; a RuntimeError when it refuses."""
    return _go_tool("pprof", "-top", path)


def trace_events(path):
    """What `go tool trace -d=parsed` prints; RuntimeError when it refuses."""
    return _go_tool("trace", "-d=parsed", path)


def _go_tool(*words):
    if not shutil.which("go"):
        raise Unavailable("Go is not installed (no `go tool` to read profiles)")
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(
            ["go", "tool", *map(str, words)], text=True, capture_output=True,
            env=dict(os.environ, PPROF_TMPDIR=scratch))
    if done.returncode:
        raise RuntimeError(f"go tool {words[0]}: {done.stderr}")
    return done.stdout


def varint(number):
    out = bytearray()
    while number > 0x7f:
        out.append(number & 0x7f | 0x80)
        number >>= 7
    return bytes(out + bytes([number]))


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def small_profile(value=1, time_nanos=0, samples=1):
    """A gzip'd profile of one sample type, as small as they get."""
    strings = (b"", b"samples", b"count", b"main.work")
    raw = field(1, field(1, 1) + field(2, 2))
    sample = field(2, field(1, varint(1)) + field(2, varint(value)))
    raw += sample * samples
    raw += field(4, field(1, 1) + field(4, field(1, 1)))
    raw += field(5, field(1, 1) + field(2, 3))
    raw += b"".join(field(6, text) for text in strings)
    if time_nanos:
        raw += field(9, time_nanos)
    return gzip.compress(raw, mtime=0)


def stack_profile(types, stacks):
    """A gzip'd profile. `types` are pairs like ("cpu", "nanoseconds");
    `stacks` maps the functions of a stack, the root first, to its values."""
    strings, functions = {"": 0}, {}

    def string(text):
        return strings.setdefault(text, len(strings))

    raw = bytearray()
    for kind, unit in types:
        raw += field(1, field(1, string(kind)) + field(2, string(unit)))
    for stack, values in stacks.items():
        ids = [functions.setdefault(name, len(functions) + 1)
               for name in reversed(stack)]
        raw += field(2, field(1, b"".join(map(varint, ids)))
                      + field(2, b"".join(map(varint, values))))
    for name, number in functions.items():
        raw += field(4, field(1, number) + field(4, field(1, number)))
        raw += field(5, field(1, number) + field(2, string(name))
                      + field(4, string(f"/src/{number}.go")))
    raw += b"".join(field(6, text.encode()) for text in strings)
    return gzip.compress(raw, mtime=0)


def profile_that_says(text, file=None, value=5):
    """A gzip'd profile whose every string is `text`, save for the name of
    its source file, where one is given."""
    strings = (b"", text.encode(), (file or text).encode())
    kind = field(1, 1) + field(2, 1)
    label = field(1, 1) + field(2, 1)
    number = field(1, 1) + field(3, 7) + field(4, 1)
    raw = field(1, kind)
    raw += field(2, field(1, varint(1)) + field(2, varint(value))
                  + field(3, label) + field(3, number))
    raw += field(3, field(1, 1) + field(2, 1) + field(3, 9)
                  + field(5, 1) + field(6, 1) + field(7, 1))
    raw += field(4, field(1, 1) + field(2, 1) + field(3, 2)
                  + field(4, field(1, 1) + field(2, 2)))
    raw += field(5, field(1, 1) + field(2, 1) + field(3, 1)
                  + field(4, 2) + field(5, 1))
    raw += b"".join(field(6, string) for string in strings)
    raw += field(11, kind) + field(12, 1) + field(13, 1) + field(15, 1)
    return gzip.compress(raw, mtime=0)
