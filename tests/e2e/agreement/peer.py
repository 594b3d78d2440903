# SPDX-License-Identifier: MIT
"""Runs one command by us and by pprof, and says whether they agree."""

import collections
import dataclasses
import difflib
import functools
import itertools
import os
import pathlib
import shutil
import subprocess
import tempfile

from harness.binary import tool_path
from harness.cache import Unavailable

from .message import hidden_texts
from .order import unordered

# Go's maps have no order, and pprof does not sort by all that differs: rows of
# one name, e.g. files with several functions, and calls of weight n and -n come
# as it happens. It is asked so often for our answer; when it has given several
# others, ours may be one more order of the same lines, or, where also what is
# dropped is left to chance, no farther from one of them than they are from each
# other. An answer may be rare: of a map of eight, one entry comes before its
# neighbour seven times of eight. So it is asked so much more before we are wrong.
PPROF_TRIES = 12
PPROF_MORE_TRIES = 64
# Commands whose result is a profile.
PROFILES = {"merge": "-proto", "topproto": "-topproto"}


@dataclasses.dataclass(frozen=True)
class Comparison:
    """One command line, in our spelling."""

    command: str
    words: tuple  # options, and for peek and list the expression first
    sources: tuple  # names in the corpus

    def __str__(self):
        return " ".join((self.command, *self.words, *self.sources))


@dataclasses.dataclass
class Verdict:
    """What a comparison came to; `difference` is empty when both agree."""

    comparison: Comparison
    difference: str = ""
    refused: bool = False  # by both
    by_chance: bool = False  # pprof prints one thing now and another then


@functools.cache
def pprof_path():
    """The program behind `go tool pprof`: without the go command in front of
    it a run is eight milliseconds."""
    if not shutil.which("go"):
        raise Unavailable("Go is not installed (no `go tool pprof`)")
    found = subprocess.run(
        ["go", "tool", "-n", "pprof"], check=True, text=True,
        stdin=subprocess.DEVNULL, capture_output=True).stdout.strip()
    # Go builds it on first use, and removes it after days without.
    if not os.path.exists(found):
        subprocess.run(["go", "tool", "pprof", "-h"], capture_output=True,
                       stdin=subprocess.DEVNULL, timeout=300)
    return found


class Judge:
    """Compares over one corpus."""

    def __init__(self, corpus, scratch, env=None):
        self.corpus = pathlib.Path(corpus)
        self.scratch = pathlib.Path(scratch)
        # Nothing of the user's: pprof reads settings and binaries in $HOME.
        self.env = env or {
            "HOME": str(scratch), "PPROF_TMPDIR": str(scratch),
                    "TZ": "UTC", "PATH": os.environ["PATH"],
                    # Where ours would find sources that pprof does not.
                    "GOROOT": "/nowhere", "GOMODCACHE": "/nowhere"}

    def compare(self, comparison):
        verdict = Verdict(comparison)
        ours = self._ours(comparison)
        answers = set()
        for attempt in range(1, PPROF_MORE_TRIES + 1):
            theirs = self._theirs(comparison)
            answers.add(theirs.stdout)
            verdict.difference = difference(ours, theirs)
            if not verdict.difference:
                verdict.by_chance = attempt > 1
                verdict.refused = ours.returncode != 0
                break
            if attempt >= PPROF_TRIES and is_among(
                    comparison.command, ours.stdout, answers):
                verdict.difference, verdict.by_chance = "", True
                break
        return verdict

    def _ours(self, comparison):
        words = [comparison.command, *comparison.words]
        if comparison.command == "diff":
            words.append("--total")  # pprof compares nothing else
        if comparison.command in PROFILES:
            return self._made(lambda path: [tool_path(), *words, "-o", path,
                                            *comparison.sources])
        return self._run([tool_path(), *words, *comparison.sources])

    def _theirs(self, comparison):
        words = [pprof_path(), *pprof_words(comparison)]
        if comparison.command in PROFILES:
            return self._made(lambda path: [*words, f"-output={path}",
                                            *comparison.sources])
        return self._run([*words, *sources_of(comparison)])

    def _made(self, command_for):
        """The profile that the command makes, as pprof reads it."""
        with tempfile.TemporaryDirectory(dir=self.scratch) as folder:
            path = pathlib.Path(folder, "made")
            made = self._run(command_for(path))
            if made.returncode:
                return made
            raw = self._run([pprof_path(), "-raw", path])
            raw.stdout += hidden_texts(path)
            return raw

    def _run(self, command):
        return subprocess.run(
            [str(word) for word in command], cwd=self.corpus, env=self.env,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, errors="surrogateescape",
            timeout=180)


def sources_of(comparison):
    """pprof's: of a diff the second, the first is named by a flag."""
    if comparison.command == "diff":
        return comparison.sources[1:]
    return comparison.sources


def pprof_words(comparison):
    """Our words as pprof spells them."""
    command, words = comparison.command, list(comparison.words)
    spelt = []
    if command == "diff":
        spelt += ["-top", f"-diff_base={comparison.sources[0]}"]
    elif command in ("peek", "list"):
        spelt.append(f"-{command}={words.pop(0)}")
    else:
        spelt.append(PROFILES.get(command, f"-{command}"))
    for word in words:
        if not word.startswith("--"):
            spelt.append(word)  # pprof's own
            continue
        name, equals, value = word.removeprefix("--").partition("=")
        name = {"source": "source_path"}.get(
            name, name.replace("-", "_"))
        if name == "granularity":
            name, equals, value = value, "", ""
        if name == "no_trim":
            name, equals, value = "trim", "=", "false"
        spelt.append(f"-{name}{equals}{value}")
    return spelt


def is_among(command, ours, answers):
    """Whether it is no farther from one of several answers than two of them are
    from each other."""
    if len(answers) < 2:
        return False
    counted = [collections.Counter(unordered(command, answer))
               for answer in answers]
    apart = max(distance(one, other)
                for one, other in itertools.combinations(counted, 2))
    mine = collections.Counter(unordered(command, ours))
    return min(distance(mine, answer) for answer in counted) <= apart


def distance(one, other):
    """How many lines only one of them has."""
    return ((one - other) + (other - one)).total()


def difference(ours, theirs):
    """Nothing when both printed the same, or both refused."""
    if ours.returncode and theirs.returncode:
        return ""
    if ours.returncode or theirs.returncode:
        return (f"we end with {ours.returncode} {ours.stderr.strip()!r}, "
                f"pprof with {theirs.returncode} {theirs.stderr.strip()!r}")
    if ours.stdout == theirs.stdout:
        return ""
    return "\n".join(first_difference(theirs.stdout.splitlines(),
                                      ours.stdout.splitlines()))


def first_difference(theirs, ours):
    """Where they part, as a diff: of all lines it would take minutes."""
    both = itertools.zip_longest(theirs, ours)
    at = next((i for i, (one, other) in enumerate(both) if one != other), 0)
    around = slice(max(at - 1, 0), at + 10)
    lines = difflib.unified_diff(theirs[around], ours[around],
                                 f"pprof, from line {at + 1}", "ours",
                                 lineterm="", n=1)
    return itertools.islice(lines, 24)
