# SPDX-License-Identifier: MIT
"""A profile as gperftools and perf write them of a large C++ program: functions
whose name is their system name, all of one file."""

import gzip

from harness.profiles import field, varint

FUNCTIONS = 80_000


def save_cpp_profile(path, functions=FUNCTIONS):
    strings = [b"", b"samples", b"count", b"program.cc"]
    first = len(strings)
    strings += [b"_ZN7program9function%dEv" % number
                for number in range(functions)]
    parts = [field(1, field(1, 1) + field(2, 2))]
    for index in range(functions):
        identity = index + 1
        name = first + index
        parts.append(field(2, field(1, varint(identity)) + field(2, varint(1))))
        parts.append(field(4, field(1, identity) + field(3, 0x400000 + index) +
                           field(4, field(1, identity))))
        parts.append(field(5, field(1, identity) + field(2, name) +
                           field(3, name) + field(4, 3)))
    parts += [field(6, text) for text in strings]
    path.write_bytes(gzip.compress(b"".join(parts), 1))
