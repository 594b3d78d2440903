# SPDX-License-Identifier: MIT
"""What we print is what `go tool pprof` prints, byte for byte."""

import concurrent.futures
import os
import re
import shutil
import tempfile

from agreement.cases import comparisons
from agreement.corpus import make_corpus
from agreement.peer import Comparison, Judge, pprof_path
from harness.cache import ROOT
from harness.case import Case

AT_LEAST = 500

# The command lines on which we differ from pprof on purpose, and why.
DIFFERENCES = [
    (r"types_twice", "of sample types of one name we take the first; pprof "
     "drops all of them"),
    (r"ms\.pb\.gz units_unspent.* units_us\.pb\.gz", "what comes in one unit is "
     "added up before it is brought to another; pprof brings each source there, "
     "and then drops samples that have a count and a time of 0"),
    (r"legacy_profile_cppbench\.cpu legacy_made_cpu", "of several files pprof "
     "takes a first one that begins with zeros, as a CPU profile does, for a "
     "program"),
]


# Go takes TZ for the name of a file, and all else for UTC.
ZONES = (None, "", ":", "UTC", ":UTC", "Europe/Berlin", ":Europe/Berlin",
         "America/Sao_Paulo", "Asia/Kathmandu", "/usr/share/zoneinfo/Asia/Tokyo",
         ":/usr/share/zoneinfo/Asia/Tokyo", "Nowhere/Bad", "Europe", "UTC+3",
         "CET-1CEST,M3.5.0,M10.5.0/3", "<+03>-3", "EST5EDT", "GMT0",
         "../zoneinfo/Europe/Rome")


class Agreement(Case):
    @classmethod
    def prepare(cls):
        pprof_path()
        folder = cls.world.folder / "agreement"
        folder.mkdir()
        cls.missing = make_corpus(cls.world, folder)
        names = sorted(path.name for path in folder.iterdir())
        add_sources(folder)
        chosen = [one for one in comparisons(names)
                  if os.environ.get("PROFEFE_AGREEMENT", "") in str(one)]
        scratch = tempfile.mkdtemp(dir=cls.world.folder)
        judge = cls.judge = Judge(folder, scratch)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            cls.verdicts = list(pool.map(judge.compare, chosen))

    def check(self, command):
        """No comparison of the command differs without a reason."""
        verdicts = [verdict for verdict in self.verdicts
                    if verdict.comparison.command == command]
        wrong = [verdict for verdict in verdicts
                 if verdict.difference and not reason_for(verdict)]
        self.assertNotEqual(verdicts, [])
        for verdict in wrong[:5]:
            with self.subTest(str(verdict.comparison)):
                self.fail(verdict.difference)
        self.assertEqual(
            len(wrong), 0, f"of {len(verdicts)} comparisons:\n" +
            "\n".join(str(verdict.comparison) for verdict in wrong[:80]))

    def test_top(self):
        self.check("top")

    def test_tree(self):
        self.check("tree")

    def test_peek(self):
        self.check("peek")

    def test_tags(self):
        self.check("tags")

    def test_raw(self):
        self.check("raw")

    def test_traces(self):
        self.check("traces")

    def test_comments(self):
        self.check("comments")

    def test_list(self):
        self.check("list")

    def test_diff(self):
        self.check("diff")

    def test_merge(self):
        self.check("merge")

    def test_dot(self):
        self.check("dot")

    def test_callgrind(self):
        self.check("callgrind")

    def test_topproto(self):
        self.check("topproto")

    def test_text(self):
        self.check("text")

    def test_times_are_in_the_same_zone(self):
        for zone in ZONES:
            env = {"PATH": os.environ["PATH"], "HOME": str(self.judge.scratch)}
            if zone is not None:
                env["TZ"] = zone
            for command in ("top", "raw"):
                with self.subTest(zone=zone, command=command):
                    verdict = Judge(self.judge.corpus, self.judge.scratch,
                                    env).compare(
                        Comparison(command, (), ("described.pb.gz",)))
                    self.assertEqual(verdict.difference, "")

    def test_every_program_of_the_corpus_was_there(self):
        for program, why in self.missing.items():
            self.skipTest(f"{program}: {why}")

    def test_there_are_enough_comparisons(self):
        printed = [verdict for verdict in self.verdicts
                   if not verdict.refused and not verdict.difference]
        chance = sum(verdict.by_chance for verdict in printed)
        refused = sum(verdict.refused for verdict in self.verdicts)
        print(f"note {len(printed)} outputs agree with pprof's ({chance} of "
              f"them at a later try), {refused} command lines are refused by "
              "both", flush=True)
        self.assertGreaterEqual(len(printed), AT_LEAST)

    def test_every_named_difference_is_still_one(self):
        for pattern, reason in DIFFERENCES:
            with self.subTest(reason):
                self.assertTrue(any(
                    verdict.difference and re.search(
                        pattern, str(verdict.comparison))
                    for verdict in self.verdicts), pattern)


def reason_for(verdict):
    """Why this difference is meant; nothing when it is not."""
    return next((reason for pattern, reason in DIFFERENCES
                 if re.search(pattern, str(verdict.comparison))), None)


def add_sources(folder):
    """What `list` reads: the demo's own source, and files for the generated
    profiles' main package."""
    tests = folder / "sources/tests/e2e"
    tests.mkdir(parents=True)
    shutil.copytree(ROOT / "tests/e2e/demo", tests / "demo")
    app = folder / "sources/app"
    app.mkdir()
    for name in ("work", "main", "idle"):
        lines = (f"\tstep{n}() // line {n} <&>" for n in range(1, 40))
        (app / f"{name}.go").write_text("\n".join(lines) + "\n")
