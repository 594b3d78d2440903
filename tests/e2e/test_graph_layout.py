# SPDX-License-Identifier: MIT
"""The call graph of many profiles, as the page draws it: no node lies on another,
and every edge is there."""

import subprocess
import tempfile

from agreement.corpus import KEPT
from harness.browser import Browser
from harness.case import Case
from harness.gobuild import demo_binary
from test_web import Page

AT_LEAST = 30
DRAWN = """
const boxes = picture.nodes.map(({ id, x, y, width, height }) =>
  ({ id, x, y, width, height }));
const apart = (a, b) =>
  Math.abs(a.x - b.x) >= (a.width + b.width) / 2 - 0.5 ||
  Math.abs(a.y - b.y) >= (a.height + b.height) / 2 - 0.5;
const overlaps = [];
boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
  if (!apart(a, b)) overlaps.push([a.id, b.id]);
}));
const lines = [...document.querySelectorAll('main svg.graph .edge path.line')];
return { nodes: boxes.length, overlaps, edges: lines.length,
  lengths: lines.map((line) => line.getTotalLength()),
  drawn: document.querySelectorAll('main svg.graph .node').length };
"""


class GraphLayout(Case):
    @classmethod
    def prepare(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.browser = Browser(folder.name)
        cls.addClassCleanup(cls.browser.close)

    def profiles(self):
        folder = self.scratch / "profiles"
        folder.mkdir()
        subprocess.run([demo_binary("./e2e/profilegen"), f"-dir={folder}"],
                       check=True)
        yield from sorted(KEPT.glob("*.pb.gz"))
        yield from sorted(path for path in folder.iterdir()
                          if "_bad" not in path.name)

    def draw(self, profile):
        """The answer that the page had, and what it drew."""
        page = Page(self, profile, env=self.environment(KUBECONFIG="/nowhere"))
        try:
            answer = page.json("/api/graph?calltree=f")
            if not answer["nodes"]:
                return answer, None
            self.browser.visit(page.url)
            self.browser.visit(f"http://{page.host}/ui/graph?calltree=f")
            self.browser.wait("return picture.nodes.length > 0 && "
                              "document.querySelector('main svg.graph .node')")
            return answer, self.browser.run(DRAWN)
        finally:
            page.end()

    def test_no_node_lies_on_another_and_every_edge_is_there(self):
        drawn = 0
        for profile in self.profiles():
            with self.subTest(profile.name):
                answer, shown = self.draw(profile)
                if shown is None:
                    continue
                tags = sum(len(node.get("tags") or ())
                           for node in answer["nodes"])
                self.assertEqual(shown["overlaps"], [])
                self.assertEqual(shown["drawn"], len(answer["nodes"]))
                self.assertEqual(shown["nodes"], len(answer["nodes"]) + tags)
                self.assertEqual(shown["edges"], len(answer["edges"]) + tags)
                self.assertGreater(min(shown["lengths"], default=1), 0)
                drawn += 1
        self.assertGreaterEqual(drawn, AT_LEAST)
