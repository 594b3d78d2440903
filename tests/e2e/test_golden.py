# SPDX-License-Identifier: MIT
"""What pprof's own tests expect of its reports, ours print."""

import subprocess

from agreement.golden import golden_cases
from agreement.peer import first_difference
from harness.binary import tool_path
from harness.case import Case

AT_LEAST = 40


class Golden(Case):
    def test_reports_are_those_of_pprofs_golden_files(self):
        cases = list(golden_cases(self.scratch))
        for case in cases:
            with self.subTest(str(case)):
                done = subprocess.run(
                    [tool_path(), *case.words, case.profile], text=True,
                    capture_output=True, timeout=60,
                    env={"HOME": str(self.scratch), "TZ": "UTC"})
                self.assertEqual(done.returncode, 0, done.stderr)
                expected = case.expected.read_text()
                if done.stdout != expected:
                    self.fail("\n".join(first_difference(
                        expected.splitlines(), done.stdout.splitlines())))
        self.assertGreaterEqual(len(cases), AT_LEAST)
