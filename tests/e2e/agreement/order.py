# SPDX-License-Identifier: MIT
"""What was printed, without the order that pprof leaves to chance."""

import re

# flat, flat% and sum% of a row.
SUM_PERCENT = re.compile(r"^( *\S+ +[0-9.]+%) +[0-9.]+%")
DOT_NODE = re.compile(r'(N\d+) \[label="(.*)" id="node\d+" (.*)\]')
DOT_TAG = re.compile(r'(N+(\d+)(?:_\d+)+) \[label = "(.*)" id="\S*" (.*)\]')
DOT_EDGE = re.compile(r"(\S+) -> (\S+) \[(.*)\]")
CALLGRIND_NAME = re.compile(r"(ob|fl|fn|cfl|cfn)=\((\d+)\)(?: (.*))?")
NAMESAKE = re.compile(r" \[\d+/(\d+)\]$")


def unordered(command, text):
    """The same for two outputs that differ in their order alone."""
    if command == "dot":
        return sorted(_dot(text.splitlines()))
    if command == "callgrind":
        return sorted(_callgrind(text.splitlines()))
    # The sums from the top depend on it.
    return sorted(SUM_PERCENT.sub(r"\1", line) for line in text.splitlines())


def _dot(lines):
    """Nodes and boxes by what is written on them, not by their numbers."""
    names = {}
    for line in lines:
        if node := DOT_NODE.fullmatch(line):
            names[node[1]] = f"<{node[2]} {node[3]}>"
            yield names[node[1]]
        elif tag := DOT_TAG.fullmatch(line):
            names[tag[1]] = f"{names['N' + tag[2]]} <{tag[3]} {tag[4]}>"
            yield names[tag[1]]
        elif not DOT_EDGE.fullmatch(line):
            yield line
    for line in lines:
        if (edge := DOT_EDGE.fullmatch(line)) and not DOT_TAG.fullmatch(line):
            yield " ".join((names.get(edge[1], edge[1]), "->",
                            names.get(edge[2], edge[2]), edge[3]))


def _callgrind(lines):
    """A line for each node with its calls: names in full, whole addresses."""
    names, place = {}, []
    before, at = 0, 0  # addresses of the last node and of this one
    node, calls = None, []
    for line in lines:
        if name := CALLGRIND_NAME.fullmatch(line):
            line = _named(name, names)
        if line.startswith(("ob=", "fl=", "fn=")):
            place = [part for part in place
                     if part[:3] != line[:3]] + [line]
        elif line.startswith("calls="):
            count, address, number = line.split()
            calls.append(f"{count} {_resolved(address, before)} {number}")
        elif line.startswith(("cfl=", "cfn=", "* * ")):
            calls.append(line)
        elif re.match(r"[0-9*+-]", line):
            if node:
                yield f"{node} {_groups(calls)}"
            address, *words = line.split()
            before, at = at, _resolved(address, at)
            node, calls = f"{place} {at} {words}", []
        elif line:
            yield line
    if node:
        yield f"{node} {_groups(calls)}"


def _named(name, names):
    """The line with the name in full, which stands there only once."""
    kind = name[1].removeprefix("c")
    if name[3] is not None:
        names[kind, name[2]] = NAMESAKE.sub(r" [/\1]", name[3])
    return f"{name[1]}={names[kind, name[2]]}"


def _resolved(word, before):
    if word == "*":
        return before
    return before + int(word) if word[0] in "+-" else int(word, 16)


def _groups(calls):
    """Four lines are a call; which comes first is chance, too."""
    return sorted(zip(*[iter(calls)] * 4, strict=True))
