# SPDX-License-Identifier: MIT
"""What a profile.proto message says that no view of pprof shows."""

import gzip
import pathlib

# Fields of message Profile that are indices of its strings.
TEXTS = {7: "drop_frames", 8: "keep_frames", 14: "default_sample_type"}
STRING_TABLE = 6
VARINT, BYTES = 0, 2


def hidden_texts(path):
    """The texts of TEXTS, a line each."""
    message = gzip.decompress(pathlib.Path(path).read_bytes())
    strings, indices = [], dict.fromkeys(TEXTS, 0)
    for field, value in fields(message):
        if field == STRING_TABLE:
            strings.append(value.decode(errors="surrogateescape"))
        elif field in TEXTS:
            indices[field] = value
    return "".join(f"{name} {strings[indices[field]]}\n"
                   for field, name in TEXTS.items())


def fields(message):
    """Number and value of each field of a message; Profile's are of these two
    types."""
    at = 0
    while at < len(message):
        key, at = varint(message, at)
        value, at = varint(message, at)
        if key & 7 == BYTES:
            value, at = message[at:at + value], at + value
        else:
            assert key & 7 == VARINT
        yield key >> 3, value


def varint(message, at):
    number = shift = 0
    while True:
        byte = message[at]
        number |= (byte & 0x7f) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return number, at
