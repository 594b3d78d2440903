# SPDX-License-Identifier: MIT
"""The page of flame: made by the program, shown by a browser."""

import tempfile

from .browser import Browser
from .case import Case
from .profiles import stack_profile

TYPES = [("samples", "count"), ("cpu", "nanoseconds")]
ROW = 20  # pixels
WIDTH, SIDE = 1400, 20  # of the window; of the picture's margins


def cpu(stacks):
    """A CPU profile, 10 ms per sample."""
    return stack_profile(TYPES, {stack: (count, count * 10_000_000)
                                 for stack, count in stacks.items() if count})


class FlameCase(Case):
    """Pages that `flame` makes, in a browser."""

    @classmethod
    def prepare(cls):
        folder = tempfile.TemporaryDirectory(dir=cls.world.folder)
        cls.addClassCleanup(folder.cleanup)
        cls.browser = Browser(folder.name, WIDTH)
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        super().setUp()
        self.browser.size(WIDTH, 900)
        self.browser.prefer("light")

    def tearDown(self):
        """No test may leave a complaint or a request behind."""
        self.assertEqual(self.browser.complaints(), [])
        self.assertEqual(self.browser.requests(), [])

    def draw(self, profile, *words, name="page.html"):
        """Runs the command; the path of what it made."""
        source, made = self.scratch / "cpu.pb.gz", self.scratch / name
        source.write_bytes(profile)
        done = self.tool("flame", source, "-o", made, *words,
                         env=self.environment(KUBECONFIG="/nowhere"))
        self.assert_exit(done, 0)
        return made

    def show(self, path):
        self.browser.open(path)
        self.browser.wait(
            "return performance.getEntriesByName('first-picture').length")

    def page(self, stacks, *words):
        self.show(self.draw(cpu(stacks), *words))

    def compare(self, stacks, old):
        base = self.scratch / "base.pb.gz"
        base.write_bytes(cpu(old))
        self.page(stacks, "--base", base)

    def point(self, share, row, click=False):
        """Points at a row, at a share of the picture's width."""
        self.browser.point("#graph", share * (WIDTH - 2 * SIDE),
                           (row + 0.5) * ROW, click)

    def name(self):
        return self.browser.text("#details h2")

    def facts(self):
        return self.browser.text("#details dl").replace("\n", " ")

    def path(self):
        return self.browser.run(
            "return [...document.querySelectorAll('#path li')]"
            ".map((item) => item.textContent)")

    def active(self):
        return self.browser.run("return document.activeElement.id")

    def item(self, attribute):
        """Of the frame that has the keyboard's focus."""
        return self.browser.run(
            "const graph = document.getElementById('graph');"
            "const item = document.getElementById("
            "graph.getAttribute('aria-activedescendant'));"
            "return item && item.getAttribute(arguments[0])", attribute)

    def to_picture(self):
        """Goes to the picture by keyboard alone."""
        for _ in range(12):
            self.browser.press("Tab")
            if self.active() == "graph":
                return
        self.fail("the Tab key does not reach the picture")

    def search(self, text):
        self.browser.run("document.getElementById('query').value = ''")
        self.browser.write("#query", text)
        self.browser.wait(
            "return document.getElementById('query').value === arguments[0]"
            " && state.query === arguments[0]", text)
        return self.browser.text("#share")

    def pixel(self, share, row):
        """Red, green and blue of a frame's right end, where no text is."""
        return self.browser.run(
            "const canvas = document.getElementById('canvas');"
            "const copy = new OffscreenCanvas(1, 1).getContext('2d');"
            "copy.drawImage(canvas, -Math.floor(canvas.width * arguments[0]),"
            " -arguments[1]);"
            "return [...copy.getImageData(0, 0, 1, 1).data].slice(0, 3)",
            share, round((row + 0.5) * ROW))
