# SPDX-License-Identifier: MIT
"""web: a flame graph of very many frames begins with those that can be seen, and is
whole as soon as the others count."""

from harness.flame_case import FlameCase, cpu
from test_web import Page

COLD = 12_000
HOT = 18_000
DEPTH = 20
FRAMES = 3 + COLD * (1 + DEPTH)  # all, main, hot and the cold stacks
NARROW = "(frames too narrow to be seen)"


def stacks():
    """More than half of the time in one function, the rest in a stack each."""
    below = [f"deep.d{i}" for i in range(DEPTH - 1)]
    return {("main.main", "hot.work"): HOT,
            **{("main.main", f"cold.c{i}", *below, f"leaf.l{i % 7}"): 1
               for i in range(COLD)}}


class LargeFlame(FlameCase):
    @classmethod
    def prepare(cls):
        super().prepare()
        cls.profile = cpu(stacks())

    def setUp(self):
        super().setUp()
        source = self.scratch / "cpu.pb.gz"
        source.write_bytes(self.profile)
        self.web = Page(self, source,
                        env=self.environment(KUBECONFIG="/nowhere"))
        self.browser.visit(self.web.url)
        self.browser.visit(f"http://{self.web.host}/api/flame.html")
        self.browser.wait(
            "return performance.getEntriesByName('first-picture').length")

    def tearDown(self):
        self.assertEqual(self.browser.complaints(), [])

    def frames(self):
        return self.browser.run("return data.nodes.count")

    def wait_for_all(self):
        self.browser.wait("return !missing && !graph.ariaBusy")
        self.assertEqual(self.frames(), FRAMES)

    def test_it_begins_with_what_can_be_seen(self):
        self.assertEqual(self.frames(), 4)
        self.assertEqual(self.browser.text("#total"), "cpu 300s")
        self.assertIn("too narrow", self.browser.text("#details"))
        self.point(0.2, 2)
        self.assertEqual(self.name(), "hot.work")
        self.assertEqual(self.facts(),
                         "cum here 180s (60.0%) flat here 180s (60.0%)")
        self.point(0.9, 2)
        self.assertEqual(self.name(), NARROW)
        self.assertIn("cum here 120s (40.0%)", self.facts())
        self.assertEqual([url for url in self.browser.requests()
                          if "flame.data" in url], [])

    def test_a_search_is_in_all_frames(self):
        self.search("l3$")
        self.browser.wait("return document.getElementById('share')"
                          ".textContent === '5.71% matched'")
        self.wait_for_all()

    def test_zooming_shows_the_narrow_ones(self):
        self.point(0.2, 1, click=True)
        self.wait_for_all()
        self.assertEqual(self.path(), ["all", "main.main"])
        self.assertNotIn("too narrow", self.browser.text("#details"))
        self.point(0.2, 2)
        self.assertIn("flat overall 180s (60.0%)", self.facts())

    def test_who_asks_for_them_gets_to_where_they_are(self):
        self.point(0.9, 2, click=True)
        self.wait_for_all()
        self.assertEqual(self.path(), ["all", "main.main"])

    def test_inverted_the_leaves_are_right(self):
        self.browser.click("#invert")
        self.wait_for_all()
        self.point(0.65, 1)
        self.assertRegex(self.name(), r"leaf\.l\d")
        self.assertIn("flat overall 17.1", self.facts())

    def test_another_type_has_its_own(self):
        self.browser.run(
            "const type = document.getElementById('type'); type.value = 0;"
            "type.dispatchEvent(new Event('change'))")
        self.wait_for_all()
        self.assertEqual(self.browser.text("#total"), "samples 30,000")

    def test_a_function_that_was_not_there_has_a_sandwich(self):
        self.browser.run("turn('^leaf.l3$')")
        self.wait_for_all()
        self.assertEqual(self.browser.text("#total"), "cpu 17.14s of 300s")
        self.assertEqual(self.browser.run(
            "return new URLSearchParams(location.search).get('p')"),
            "^leaf.l3$")

    def test_what_is_kept_as_a_file_is_whole(self):
        page = self.web.ask("GET", "/download?format=html").text
        self.assertIn('data-whole=""', page)
        self.assertIn("<svg ", page)
