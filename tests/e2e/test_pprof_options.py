# SPDX-License-Identifier: MIT
"""PPROF.md beside the options that `go tool pprof` has and those that we have."""

import re
import subprocess
import unittest

from agreement.peer import pprof_path
from harness.binary import tool_path
from harness.cache import ROOT, Unavailable

ROW = re.compile(r"^\| `-(\w+)` \| ([^|]+) \|", re.MULTILINE)
OPTION = re.compile(r"^ +-(\w+)", re.MULTILINE)
NOT_HERE = ("none", "default", "ignored")


def printed(*command):
    return subprocess.run(command, text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


class PprofOptions(unittest.TestCase):
    def setUp(self):
        document = (ROOT / "PPROF.md").read_text()
        self.rows = {option: ours.strip()
                     for option, ours in ROW.findall(document)}

    def test_each_option_of_pprof_has_a_row(self):
        try:
            options = OPTION.findall(printed(pprof_path(), "-h").stdout)
        except Unavailable as why:
            self.skipTest(str(why))
        self.assertGreater(len(options), 60)
        self.assertEqual(sorted(self.rows), sorted(set(options)))

    def test_what_stands_beside_it_exists(self):
        commands = sorted({ours.strip("`") for ours in self.rows.values()
                           if re.fullmatch("`[a-z]+`", ours)})
        helps = {command: printed(tool_path(), command, "--help")
                 for command in commands}
        texts = [run.stdout for run in helps.values()]
        texts.append(printed(tool_path(), "options").stdout)
        flags = set(re.findall(r"--[a-z-]+", "".join(texts)))
        for option, ours in self.rows.items():
            with self.subTest(option):
                word = ours.strip("`")
                if word in helps:
                    self.assertEqual(helps[word].returncode, 0)
                elif word not in NOT_HERE:
                    self.assertIn(word, flags)
