# SPDX-License-Identifier: MIT
"""A kubeconfig as kubectl would write it: YAML in block style."""

import json
import re

PLAIN = re.compile(r"[A-Za-z/][\w./@=+:-]*(?<!:)$")
WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def as_yaml(value):
    return "\n".join(_lines(value)) + "\n"


def _lines(value, indent=""):
    """Lines of a mapping or a list."""
    pairs = value.items() if isinstance(value, dict) else (
        (None, item) for item in value)
    for key, item in pairs:
        lead = f"{indent}-" if key is None else f"{indent}{_scalar(key)}:"
        if not isinstance(item, (dict, list)) or not item:
            yield f"{lead} {_scalar(item)}"
        elif key is None:
            # The first line of the item goes beside the dash.
            first, *rest = _lines(item, indent + "  ")
            yield f"{lead} {first.lstrip()}"
            yield from rest
        else:
            yield lead
            deeper = indent if isinstance(item, list) else indent + "  "
            yield from _lines(item, deeper)


def _scalar(value):
    if isinstance(value, str) and PLAIN.match(value) and \
            value.lower() not in WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)
