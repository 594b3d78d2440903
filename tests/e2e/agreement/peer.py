# SPDX-License-Identifier: MIT
"""Runs one command by us and by pprof, and says whether they agree."""

import dataclasses
import difflib
import functools
import os
import pathlib
import re
import shutil
import subprocess

from harness.cache import Unavailable
from harness.world import tool_path

# Go's maps have no order, and pprof does not sort by all that differs: rows of
# one name, e.g. files with several functions, and calls of weight n and -n come
# as it happens. It is asked so often before we are wrong; when it has given
# several answers, ours may be one more order of the same lines.
PPROF_TRIES = 6
# flat, flat% and sum% of a row.
SUM_PERCENT = re.compile(r"^( *\S+ +[0-9.]+%) +[0-9.]+%")


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

    def __init__(self, corpus, scratch):
        self.corpus = pathlib.Path(corpus)
        self.scratch = pathlib.Path(scratch)
        # Nothing of the user's: pprof reads settings and binaries in $HOME.
        self.env = {"HOME": str(scratch), "PPROF_TMPDIR": str(scratch),
                    "TZ": "UTC", "PATH": os.environ["PATH"],
                    # Where ours would find sources that pprof does not.
                    "GOROOT": "/nowhere", "GOMODCACHE": "/nowhere"}

    def compare(self, comparison):
        if comparison.command == "merge":
            return self._compare_merge(comparison)
        words = [comparison.command, *comparison.words]
        if comparison.command == "diff":
            words.append("--total")  # pprof compares nothing else
        ours = self._run([tool_path(), *words, *comparison.sources])
        verdict = Verdict(comparison)
        answers = set()
        for attempt in range(PPROF_TRIES):
            theirs = self._run([pprof_path(), *pprof_words(comparison),
                                *sources_of(comparison)])
            answers.add(theirs.stdout)
            verdict.difference = difference(ours, theirs)
            if not verdict.difference:
                verdict.by_chance = attempt > 0
                verdict.refused = ours.returncode != 0
                return verdict
        if len(answers) > 1 and unordered(ours) == unordered(theirs):
            verdict.difference, verdict.by_chance = "", True
        return verdict

    def _compare_merge(self, comparison):
        """The merged profile itself, as pprof reads it."""
        name = "-".join(comparison.sources)
        ours, theirs = (self.scratch / f"{who}-{name}"
                        for who in ("ours", "theirs"))
        made = self._run([tool_path(), "merge", *comparison.words,
                          *comparison.sources, "-o", ours])
        theirs_made = self._run([pprof_path(), "-proto", f"-output={theirs}",
                                 *comparison.sources])
        verdict = Verdict(comparison)
        if made.returncode or theirs_made.returncode:
            verdict.refused = bool(made.returncode and theirs_made.returncode)
            if not verdict.refused:
                verdict.difference = difference(made, theirs_made)
            return verdict
        raw = [self._run([pprof_path(), "-raw", path])
               for path in (ours, theirs)]
        verdict.difference = difference(*raw)
        return verdict

    def _run(self, command):
        return subprocess.run(
            [str(word) for word in command], cwd=self.corpus, env=self.env,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, errors="surrogateescape",
            timeout=60)


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
        spelt.append(f"-{command}")
    for word in words:
        name, equals, value = word.removeprefix("--").partition("=")
        name = {"source": "source_path"}.get(
            name, name.replace("-", "_"))
        if name == "granularity":
            name, equals, value = value, "", ""
        if name == "no_trim":
            name, equals, value = "trim", "=", "false"
        spelt.append(f"-{name}{equals}{value}")
    return spelt


def unordered(run):
    """What was printed, without the order of lines and the sums from the top
    that depend on it."""
    return sorted(SUM_PERCENT.sub(r"\1", line)
                  for line in run.stdout.splitlines())


def difference(ours, theirs):
    """Nothing when both printed the same, or both refused."""
    if ours.returncode and theirs.returncode:
        return ""
    if ours.returncode or theirs.returncode:
        return (f"we end with {ours.returncode} {ours.stderr.strip()!r}, "
                f"pprof with {theirs.returncode} {theirs.stderr.strip()!r}")
    if ours.stdout == theirs.stdout:
        return ""
    lines = difflib.unified_diff(theirs.stdout.splitlines(),
                                 ours.stdout.splitlines(), "pprof", "ours",
                                 lineterm="", n=1)
    return "\n".join(line for _, line in zip(range(24), lines))
