# SPDX-License-Identifier: MIT
"""What became of the tests: a line for each as it ends, all at the end."""

import dataclasses
import os
import re
import time
import unittest

from .case import OptionalPart


@dataclasses.dataclass
class Results:
    """Counts and stories; of one group of tests or of several."""

    passed: int = 0
    skipped: int = 0
    failed: set = dataclasses.field(default_factory=set)
    stories: list = dataclasses.field(default_factory=list)
    refused_skips: list = dataclasses.field(default_factory=list)

    def add(self, other):
        self.passed += other.passed
        self.skipped += other.skipped
        self.failed |= other.failed
        self.stories += other.stories
        self.refused_skips += other.refused_skips

    @property
    def ran(self):
        return bool(self.passed or self.skipped or self.failed
                    or self.refused_skips)

    def finish(self):
        """Prints what went wrong and the count; the exit status."""
        for name, story in self.stories:
            print(f"\n=== {name}\n{story}")
        for name in self.refused_skips:
            print(f"CI=true: {name} must not be skipped")
        failed = len(self.failed) + len(self.refused_skips)
        print(f"{self.passed} passed, {failed} failed, {self.skipped} skipped")
        return 1 if failed else 0


class Report(unittest.TestResult):
    """Says a line per test, and keeps the results."""

    def __init__(self, verbose):
        super().__init__()
        self.verbose = verbose
        self.results = Results()

    def startTest(self, test):
        super().startTest(test)
        self.began = time.monotonic()

    def addSuccess(self, test):
        self.results.passed += 1
        if self.verbose:
            _say("ok", test, f"{time.monotonic() - self.began:.1f} s")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        optional = reason.startswith(OptionalPart.MARK)
        if os.environ.get("CI") == "true" and not optional:
            self.results.refused_skips.append(_name(test))
        else:
            self.results.skipped += 1
        _say("skip", test, reason)

    def addError(self, test, err):
        super().addError(test, err)
        self._fail(test, self.errors[-1][1])

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._fail(test, self.failures[-1][1])

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err:
            failure = issubclass(err[0], test.failureException)
            kept = self.failures if failure else self.errors
            self._fail(subtest, kept[-1][1])

    def _fail(self, test, story):
        self.results.failed.add(_name(getattr(test, "test_case", test)))
        self.results.stories.append((_name(test), story))
        _say("FAIL", test)


def _name(test):
    """file.Class.test; file.Class when the whole class is meant."""
    return re.sub(r"setUpClass \((.*)\)", r"\1", test.id())


def _say(word, test, detail=""):
    end = f" ({detail})" if detail else ""
    print(f"{word:5}{_name(test)}{end}", flush=True)
