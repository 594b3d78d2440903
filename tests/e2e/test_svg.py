# SPDX-License-Identifier: MIT
"""svg: the call graph of `go tool pprof -dot` as a picture, without Graphviz."""

import collections
import itertools
import pathlib
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree

from agreement import legacy
from agreement.corpus import KEPT
from agreement.peer import pprof_path
from harness.binary import tool_path
from harness.cache import Unavailable
from harness.case import Case
from harness.gobuild import demo_binary

SVG = "{http://www.w3.org/2000/svg}"
# Beside those of programs: what makes unlike graphs.
GENERATED = ("labels", "inlined", "unsymbolized", "names", "recursive", "huge",
             "negative", "many", "memory", "deep", "strange", "everything")
# Each with other boxes and lines: tags, all, paths that stay apart.
OPTIONS = ((), ("--nodecount=0",), ("--call-tree", "--nodecount=40"))
# What pprof prints depends on chance where rows are equal.
PPROF_TRIES = 12
EDGE = re.compile(r'^\w+ -> \w+ \[.*?tooltip="((?:[^"\\]|\\.)*)"', re.MULTILINE)
NODE = re.compile(r'^\w+ \[label ?=.*? id="(\w+)"', re.MULTILINE)
# What steers a terminal or is no character of XML.
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e"
                    "\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


class Picture:
    """What is drawn in an SVG."""

    def __init__(self, text):
        self.root = xml.etree.ElementTree.fromstring(text)
        self.boxes = {group.get("id"): self.box(group)
                      for group in self.groups("node")}
        self.edges = [self.tooltip(group) for group in self.groups("edge")]

    def groups(self, kind):
        return [group for group in self.root.iter(f"{SVG}g")
                if group.get("class") == kind]

    @staticmethod
    def box(group):
        rect = group.find(f".//{SVG}rect")
        x, y, width, height = (
            float(rect.get(name)) for name in ("x", "y", "width", "height"))
        return x, y, x + width, y + height

    @staticmethod
    def tooltip(group):
        return group.find(f"{SVG}g/{SVG}title").text

    def overlaps(self):
        """Pairs of boxes; coordinates are rounded to a tenth."""
        return [(one, other) for (one, a), (other, b)
                in itertools.combinations(self.boxes.items(), 2)
                if min(a[2], b[2]) - max(a[0], b[0]) > 0.15
                and min(a[3], b[3]) - max(a[1], b[1]) > 0.15]

    def outside(self):
        """Boxes that are not on the sheet."""
        width, height = map(float, self.root.get("viewBox").split()[2:])
        graph = next(group for group in self.groups("graph"))
        right, down = map(float, re.findall(r"[-\d.]+", graph.get("transform")))
        return [name for name, (x, y, x_end, y_end) in self.boxes.items()
                if x + right < 0 or y + down < 0
                or x_end + right > width or y_end + down > height]


def shown(text):
    """A tooltip of a DOT text as we show it."""
    text = re.sub(r"\\(.)", lambda found: {"l": "\n"}.get(
        found[1], found[1]), text)
    return HIDDEN.sub("?", text)


class Svg(Case):
    @classmethod
    def prepare(cls):
        folder = tempfile.TemporaryDirectory(dir=cls.world.folder)
        cls.addClassCleanup(folder.cleanup)
        cls.corpus = pathlib.Path(folder.name)
        for path in KEPT.glob("*.pb.gz"):
            shutil.copy(path, cls.corpus)
        with tempfile.TemporaryDirectory(dir=cls.world.folder) as made:
            subprocess.run([demo_binary("./e2e/profilegen"), f"-dir={made}"],
                           check=True)
            for name in GENERATED:
                shutil.copy(pathlib.Path(made, f"{name}.pb.gz"), cls.corpus)
        cls.missing = ""
        try:
            legacy.add_testdata(cls.corpus)
        except Unavailable as why:
            cls.missing = str(why)

    def run_in_corpus(self, command):
        """Its standard output; nothing, when it refuses."""
        done = subprocess.run(
            command, cwd=self.corpus, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, errors="surrogateescape",
            env=self.environment(PPROF_TMPDIR=self.scratch, TZ="UTC"),
            timeout=120)
        return "" if done.returncode else done.stdout

    def draw(self, *words):
        return self.run_in_corpus([tool_path(), "svg", *words])

    def dot(self, words):
        """What pprof prints; of a tree whose nodes have the same names it
        keeps others each time, so there it is ours, which test_agreement
        compares."""
        if "--call-tree" in words:
            return self.run_in_corpus([tool_path(), "dot", *words])
        return self.run_in_corpus(
            [pprof_path(), "-dot", *(re.sub("^--", "-", word)
                                     for word in words)])

    def difference(self, picture, dot):
        """Which nodes and edges only one of them has."""
        ours = collections.Counter([*picture.edges, *picture.boxes])
        theirs = collections.Counter(
            [*map(shown, EDGE.findall(dot)), *NODE.findall(dot)])
        theirs["node0"] = int(" -> N0 " in dot)
        return [*(ours - theirs), *(theirs - ours)]

    def test_a_picture_has_what_pprof_draws_and_nothing_overlaps(self):
        compared = 0
        for path in sorted(self.corpus.iterdir()):
            for options in OPTIONS:
                words = (*options, path.name)
                svg = self.draw(*words)
                if not svg:
                    continue
                with self.subTest(words):
                    picture = Picture(svg)
                    self.assertEqual(picture.overlaps(), [])
                    self.assertEqual(picture.outside(), [])
                    for _ in range(PPROF_TRIES):
                        wrong = self.difference(picture, self.dot(words))
                        if not wrong:
                            break
                    self.assertEqual(wrong, [])
                    compared += 1
        print(f"note {compared} pictures have all that pprof draws", flush=True)
        self.assertGreater(compared, 50)

    def test_the_testdata_of_pprof_was_there(self):
        if self.missing:
            self.skipTest(self.missing)

    def test_the_same_profile_is_the_same_picture(self):
        self.assertEqual(self.draw("cpu.pb.gz"), self.draw("cpu.pb.gz"))

    def test_a_picture_is_written_to_a_file(self):
        path = self.scratch / "x.svg"
        done = self.tool("svg", KEPT / "cpu.pb.gz", "-o", path)
        self.assert_exit(done, 0)
        self.assertIn(f"wrote {path}", done.err)
        self.assertTrue(Picture(path.read_text()).boxes)


class Graphviz(Case):
    """--graphviz: another program's picture of what `dot` prints."""

    def draw(self, script=None):
        folder = self.scratch / "bin"
        folder.mkdir()
        if script is not None:
            program = folder / "dot"
            program.write_text(f"#!/bin/sh\n{script}\n")
            program.chmod(0o755)
        return self.tool("svg", KEPT / "cpu.pb.gz", "--graphviz",
                         env=self.environment(PATH=f"{folder}:/bin",
                                              TMPDIR=self.scratch))

    def test_graphviz_is_given_what_dot_prints(self):
        done = self.draw('[ "$1" = -Tsvg ] && cat "$2"')
        self.assert_exit(done, 0)
        self.assertEqual(done.out,
                         self.tool("dot", KEPT / "cpu.pb.gz").out)
        self.assertEqual(list(self.scratch.glob("profefe-*")), [])

    def test_without_graphviz_it_says_what_to_do(self):
        if shutil.which("dot", path="/bin"):
            self.skipTest("Graphviz is installed")
        self.assert_error(self.draw(), "--graphviz", "install Graphviz")

    def test_a_failure_of_graphviz_is_ours(self):
        done = self.draw("echo syntax error >&2; exit 3")
        self.assert_error(done, "dot -Tsvg", "exit code 3")
        self.assertIn("syntax error", done.err)
