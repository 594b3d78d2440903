# SPDX-License-Identifier: MIT
"""shell: a transcript beside `go tool pprof`, and somebody at a terminal."""

import gzip
import os
import signal
import subprocess
import time
import urllib.request

from agreement.peer import pprof_path
from harness.binary import tool_path
from harness.cache import ROOT
from harness.case import Case
from harness.profiles import stack_profile
from harness.terminal import Typist

DATA = ROOT / "tests/unit/pprof/data"
LINES = """
o
top
top3
top 5 main
top -runtime
top 4 main -flate -cum
text 2
focus=main
top 3
o
:
top 2
sample_index=alloc_objects
top 2
inuse_space
top 2
total_alloc_space
mean_alloc_space
top 2
mean=0
sample_index=no such type
sample_index=3
peek main.main
peek no such function
list
list main
peek
tree 5
traces
tags
tags bytes
raw
comments
dot 5
nodecount=3
top
nodecount=many
nodecount
top
granularity=lines //: as a comment
top 3
granularity=wrong
sort=cum
top 3
sort=flat
compact_labels=false
top 1
compact_labels
top 1
unit=kb
top 2
trim=maybe
hide=flate
top 3
hide=
edgefraction=0.1
nodefraction=0.2
top 10
tree
nothing
unit
focus
cum=
cum 3
help nothing
quit
top
"""


class ShellTranscript(Case):
    def transcript(self, program, *words):
        env = {"HOME": str(self.scratch), "TZ": "UTC",
               "PPROF_TMPDIR": str(self.scratch), "PATH": os.environ["PATH"],
               "GOROOT": "/nowhere", "GOMODCACHE": "/nowhere"}
        done = subprocess.run([program, *words, DATA / "allocs.pb.gz"],
                              input=LINES, text=True, capture_output=True,
                              env=env, cwd=self.scratch, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [answer.splitlines() for answer in
                done.stdout.split("(pprof) ")]

    def test_it_is_pprofs(self):
        ours = self.transcript(tool_path(), "shell")
        theirs = self.transcript(pprof_path())
        lines = ["greeting", *LINES.splitlines()]
        for line, one, other in zip(lines, ours, theirs):
            with self.subTest(line):
                self.assertEqual(one, other)
        self.assertEqual(len(ours), len(theirs))

    def test_options_are_listed_as_pprofs(self):
        def listed(program, *words):
            done = subprocess.run(
                [program, *words, DATA / "cpu.pb.gz"], input="o\nlines=true\no\n",
                text=True, capture_output=True, timeout=60, cwd=self.scratch,
                env={"HOME": str(self.scratch), "PATH": os.environ["PATH"],
                     "PPROF_TMPDIR": str(self.scratch)})
            return [line for line in done.stderr.splitlines() if " = " in line]

        ours = listed(tool_path(), "shell")
        self.assertGreater(len(ours), 60)
        self.assertEqual(ours, listed(pprof_path()))

    def test_commands_and_a_profile_cannot_both_come_by_standard_input(self):
        done = self.tool("shell", "-")
        self.assertEqual(done.code, 2)
        self.assertIn("write the profile to a file", done.err)


class ShellAtTerminal(Case):
    def begin(self, *words, **variables):
        env = {"HOME": str(self.scratch), "TZ": "UTC",
               "PATH": os.environ["PATH"], **variables}
        typist = Typist([tool_path(), "shell", *map(str, words)], env,
                        cwd=self.scratch)
        self.addCleanup(typist.child.kill)
        typist.read_prompt("(pprof) ")
        return typist

    def begin_allocs(self, **variables):
        return self.begin(DATA / "allocs.pb.gz", **variables)

    def end(self, typist):
        typist.type("quit\r")
        self.assertEqual(typist.close(), 0)

    def test_a_line_is_edited(self):
        typist = self.begin_allocs()
        typist.type("toq5 nothing")
        typist.type("\x17\x1b[D\x1b[D\x7fp\x05\r")  # ^W, left, ^E
        self.assertIn("Showing top 5 nodes", typist.read_until("cum%"))
        self.end(typist)

    def test_tab_completes(self):
        typist = self.begin_allocs()
        typist.type("peek compress/flate.(*compressor).in\t\r")
        self.assertIn(r"\(\*compressor\).init ",
                      typist.read_until("flat%"))
        typist.read_prompt("(pprof) ")
        typist.type("node\t")
        self.assertIn("nodecount", typist.read_until("nodefraction"))
        typist.read_prompt("(pprof) node")
        typist.type("c\t=2\rtop\r")
        typist.read_until("Showing top 2 nodes")
        self.end(typist)

    def test_lines_are_there_again_in_the_next_shell(self):
        typist = self.begin_allocs()
        typist.type("top 3\r")
        typist.read_until("Showing top 3 nodes")
        self.end(typist)
        history = self.scratch / ".local/state/kubectl-profefe/shell_history"
        self.assertEqual(history.read_text(), "top 3\nquit\n")
        typist = self.begin_allocs()
        typist.type("\x1b[A\x1b[A\r")
        typist.read_until("Showing top 3 nodes")
        self.end(typist)

    def test_ctrl_c_abandons_a_line_and_ctrl_d_ends(self):
        typist = self.begin_allocs()
        typist.type("top 3 nothing\x03")
        typist.read_until("^C")
        typist.read_prompt("(pprof) ")
        typist.type("top 1\r")
        typist.read_until("Showing top 1 nodes")
        typist.read_prompt("(pprof) ")
        typist.type("\x04")
        self.assertEqual(typist.close(), 0)

    def test_ctrl_c_ends_a_report_that_is_long(self):
        stacks = {tuple(f"main.f{i}_{j}" for j in range(50)): (1,)
                  for i in range(20_000)}
        (self.scratch / "p").write_bytes(
            stack_profile([("samples", "count")], stacks))
        typist = self.begin(self.scratch / "p")
        typist.type("traces\r")
        typist.read_until("main.f0_0")
        os.killpg(os.getpgid(typist.child.pid), signal.SIGINT)
        rest = typist.read_prompt("(pprof) ", 60)
        self.assertLess(len(rest), 10_000_000)
        self.assertNotIn("main.f19999_49", rest)
        typist.type("top 1\r")
        typist.read_until("(cum <= 100)")
        self.end(typist)

    def test_web_opens_pages_that_live_as_long_as_the_shell(self):
        browser = self.scratch / "browser"
        browser.write_text('#!/bin/sh\necho "$1" >>opened\n')
        browser.chmod(0o755)
        typist = self.begin_allocs(BROWSER=str(browser))
        typist.type("focus=main\rweb\rweblist main.main\r")
        opened = self.scratch / "opened"
        end = time.monotonic() + 30
        while not opened.exists() or len(opened.read_text().split()) < 2:
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)
        typist.type("top 1\r")
        typist.read_until("Showing top 1 nodes")
        pages = []
        for url in opened.read_text().split():
            opener = urllib.request.build_opener(
                urllib.request.HTTPCookieProcessor())
            with opener.open(url, timeout=30) as answer:
                self.assertIn(b"<html", gzip.decompress(answer.read()))
                pages.append(answer.url)
        self.assertIn("/ui/graph", pages[0])
        self.assertIn("/ui/source?p=main.main", pages[1])
        self.end(typist)
        with self.assertRaises(OSError):
            urllib.request.urlopen(pages[0], timeout=5)

    def test_a_profile_is_written_as_the_options_leave_it(self):
        typist = self.begin_allocs()
        typist.type("focus=flate\rproto >some.pb.gz\r")
        typist.read_until("Generating report in some.pb.gz")
        self.end(typist)
        read = [subprocess.run([pprof_path(), "-top", *more, path],
                               capture_output=True, text=True, check=True,
                               cwd=self.scratch, timeout=60,
                               env={"HOME": str(self.scratch),
                                    "PATH": os.environ["PATH"]}).stdout
                for path, more in (("some.pb.gz", ["-focus=flate"]),
                                   (DATA / "allocs.pb.gz",
                                    ["-focus=flate", "-relative_percentages"]))]
        rows = [text.split("cum%")[1] for text in read]
        self.assertEqual(*rows)
