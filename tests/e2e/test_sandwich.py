# SPDX-License-Identifier: MIT
"""flame: the sandwich of its page, against sums over the folded stacks."""

import collections
import pathlib
import random
import urllib.parse

from harness.flame_case import FlameCase, cpu

STACKS = {
    ("main.main", "main.work"): 30,
    ("main.main", "main.work", "net/http.(*conn).serve"): 30,
    ("main.main", "main.idle"): 20,
    ("runtime.gcBgMarkWorker", "runtime.scanobject"): 15,
    ("runtime.gcBgMarkWorker", "main.work"): 5,
}
BASE = {**STACKS, ("main.main", "main.work", "net/http.(*conn).serve"): 20,
        ("main.old", "main.work"): 10}
MIDDLE = 1  # the row of main.work, which has one row of callers

# The boxes of one half, as lists of "caller;caller" and value.
WALK = """
  const walk = (box, half, path) => kidsOf(box, half).flatMap((kid) => {
    const here = [...path, data.names[kid.frame]];
    return [[here.join(";"), kid.value], ...walk(kid, half, here)];
  });
  return walk(state.root, arguments[0], []);
"""


def recursive_stacks():
    """Of functions that call each other, and themselves, in every order."""
    chance = random.Random(7)
    names = ["a.f", "a.g", "b.(*T).h", "b.k", "c.f"]
    return {("main.main", *chance.choices(names, k=chance.randint(1, 7))):
            chance.randint(1, 50) for _ in range(200)}


def halves(lines, name):
    """What a sandwich of the function has to show: its value, those of its
    callers and of its callees, by their path from the middle."""
    total, callers, callees = 0, collections.Counter(), collections.Counter()
    for line in lines:
        stack, _, value = line.rpartition(" ")
        frames, value = stack.split(";"), int(value)
        if name not in frames:
            continue
        at = frames.index(name)
        total += value
        for end in range(at):
            callers[";".join(frames[end:at][::-1])] += value
        for end in range(at + 1, len(frames)):
            callees[";".join(frames[at + 1:end + 1])] += value
    return total, callers, callees


class Sandwich(FlameCase):
    def turn(self, expression):
        """As an address does that names the functions."""
        self.browser.visit((self.scratch / "page.html").as_uri() + "?" +
                           urllib.parse.urlencode({"p": expression}))
        self.browser.wait(
            "return performance.getEntriesByName('first-picture').length")

    def shown(self, half):
        return dict(self.browser.run(WALK, half))

    def address(self):
        return self.browser.run(
            "return new URLSearchParams(location.search).get('p')")

    def test_its_values_are_those_of_the_stacks(self):
        stacks = recursive_stacks()
        self.page(stacks)
        made = self.draw(cpu(stacks), name="cpu.folded")
        lines = pathlib.Path(made).read_text().splitlines()
        for name in ("main.main", "a.f", "b.(*T).h", "c.f"):
            with self.subTest(name):
                self.browser.run("turn(exactly(arguments[0]))", name)
                total, callers, callees = halves(lines, name)
                self.assertEqual(
                    self.browser.run("return state.root.value"), total)
                self.assertEqual(self.shown(-1), callers)
                self.assertEqual(self.shown(1), callees)
                value = self.facts().split(" flat")[0].split("cum here ")[1]
                self.assertIn(f"cum overall {value}", self.facts())

    def test_a_key_and_a_button_lead_there_and_back(self):
        self.page(STACKS)
        self.point(0.2, 1, click=True)
        self.point(0.2, 2)
        self.browser.press("s")
        self.assertEqual(self.path(), ["all", "main.work"])
        self.assertEqual(self.browser.text("#total"), "cpu 650ms of 1s")
        self.point(0.5, MIDDLE)
        self.assertEqual(
            self.facts(), "cum here 650ms (65.0%) flat here 350ms (35.0%) "
            "flat overall 350ms (35.0%) cum overall 650ms (65.0%)")
        self.browser.press("Escape")
        self.assertEqual(self.path(), ["all", "main.main"])
        self.point(0.9, 2, click=True)
        self.browser.click("#details button")
        self.assertEqual(self.path(), ["all", "main.idle"])
        self.browser.click("#back")
        self.assertEqual(self.path(), ["all", "main.main", "main.idle"])
        self.assertFalse(self.browser.run("return invert.disabled"))

    def test_from_an_inverted_picture_it_leads_back_to_that(self):
        self.page(STACKS)
        self.browser.click("#invert")
        self.point(0.1, 2, click=True)
        self.assertEqual(self.path(), ["all", "main.work", "main.main"])
        self.browser.press("s", "i")
        self.assertEqual(self.browser.text("#total"), "cpu 800ms of 1s")
        self.point(0.1, 1)
        self.assertEqual(self.name(), "main.work")
        self.browser.press("Escape")
        self.assertEqual(self.path(), ["all", "main.work", "main.main"])
        self.assertEqual(self.browser.text("#total"), "cpu 1s")

    def test_one_leads_to_the_next_and_back_step_by_step(self):
        self.page(STACKS)
        self.point(0.1, 3)
        self.browser.press("s")
        self.assertEqual(self.name(), "net/http.(*conn).serve")
        self.point(0.5, 1)
        self.browser.press("s")
        self.assertEqual(self.path(), ["all", "main.work"])
        self.assertEqual(self.address(), r"^main\.work$")
        self.browser.back()
        self.browser.wait("return location.search.includes('serve')")
        self.assertEqual(self.path(), ["all", "net/http.(*conn).serve"])
        self.point(0.5, 0)
        self.assertEqual(self.name(), "main.main")
        self.browser.press("s")
        self.browser.click("#path button")
        self.assertEqual(self.path(), ["all"])
        self.assertIsNone(self.address())
        self.assertEqual(self.browser.text("#total"), "cpu 1s")

    def test_both_halves_are_zoomed_and_escape_takes_one_step_back(self):
        self.page(STACKS)
        self.turn(r"^main\.work$")
        self.point(0.99, 0, click=True)
        self.assertEqual(self.path(),
                         ["all", "main.work", "runtime.gcBgMarkWorker"])
        self.point(0.1, 0)
        self.assertEqual(self.name(), "runtime.gcBgMarkWorker")
        self.assertIn("cum here 50ms (5.00%) of main.work 7.69%", self.facts())
        self.assertNotIn("flat here", self.facts())
        self.point(0.1, 2, click=True)
        self.assertEqual(self.path(),
                         ["all", "main.work", "net/http.(*conn).serve"])
        self.point(0.99, 2)
        self.assertIn("flat here 300ms (30.0%)", self.facts())
        self.browser.press("Escape")
        self.assertEqual(self.path(), ["all", "main.work"])
        self.browser.press("Escape")
        self.assertEqual(self.path(), ["all"])

    def test_up_is_towards_the_callers(self):
        self.page(STACKS)
        self.to_picture()
        self.browser.press("ArrowDown", "ArrowDown", "s")
        self.assertEqual(self.item("aria-label"),
                         "main.work, in the middle, 650ms, 65.0%")
        self.assertIn("callers above", self.browser.run(
            "return graph.ariaLabel"))
        self.browser.press("ArrowUp")
        self.assertEqual(self.item("aria-label"),
                         "main.main, caller, 600ms, 60.0%")
        self.browser.press("ArrowRight")
        self.assertEqual(self.item("aria-label"),
                         "runtime.gcBgMarkWorker, caller, 50ms, 5.00%")
        self.assertEqual(self.item("aria-setsize"), "2")
        self.browser.press("ArrowDown", "ArrowDown")
        self.assertEqual(self.item("aria-label"),
                         "net/http.(*conn).serve, callee, 300ms, 30.0%")
        self.browser.press("ArrowUp", "ArrowUp", "Enter")
        self.assertEqual(self.path(), ["all", "main.work", "main.main"])
        self.browser.press("Backspace", "Escape")
        self.assertEqual(self.path(), ["all"])
        self.assertEqual(self.name(), "main.work")

    def test_a_search_is_among_its_stacks(self):
        self.page(STACKS)
        self.turn(r"^main\.work$")
        self.assertEqual(self.search("gcBg"), "5.00% matched")
        self.assertEqual(self.search("serve|idle"), "30.0% matched")
        self.browser.press("Enter")
        self.assertEqual(self.name(), "net/http.(*conn).serve")
        self.browser.press("Escape")
        self.assertEqual(self.browser.text("#share"), "")
        self.assertEqual(self.path(), ["all", "main.work"])

    def test_another_type_and_width_keep_it(self):
        self.compare(STACKS, BASE)
        self.turn(r"^main\.work$")
        self.point(0.1, 0, click=True)
        self.assertIn("cum here 600ms (60.0%) was 500ms +100ms (+20.0%)",
                      self.facts())
        self.browser.run("side.value = 'new';"
                         "side.dispatchEvent(new Event('change'));"
                         "type.value = 0;"
                         "type.dispatchEvent(new Event('change'))")
        self.assertEqual(self.path(), ["all", "main.work", "main.main"])
        self.assertIn("cum here 60 (60.0%)", self.facts())

    def test_a_comparison_has_its_colours(self):
        self.compare(STACKS, BASE)
        self.turn(r"^main\.work$")
        self.assertEqual(self.browser.text("#total"),
                         "cpu 650ms, was 650ms: unchanged")
        # Widths of both: main.main 600 + 500, gcBgMarkWorker 50 + 50, old 100.
        self.point(0.99, 0)
        self.assertIn(self.name(), ("main.old", "runtime.gcBgMarkWorker"))
        red, _, blue = self.pixel(0.84, 0)
        self.assertGreater(red, blue + 5)
        red, _, blue = self.pixel(self.browser.run(
            "const old = kidsOf(state.root, -1).find((box) => "
            "nameOf(box) === 'main.old');"
            "return (old.start + 0.9 * old.width) / state.root.width"), 0)
        self.assertGreater(blue, red + 20)

    def test_several_functions_are_one_middle(self):
        self.page(STACKS)
        self.turn("main.(work|idle)")
        self.assertEqual(self.path(), ["all", "2 functions"])
        self.assertEqual(self.browser.text("#total"), "cpu 850ms of 1s")
        self.assertEqual(self.shown(-1), {
            "main.main": 800_000_000, "runtime.gcBgMarkWorker": 50_000_000})
        self.assertEqual(self.shown(1), {
            "main.work": 650_000_000, "main.idle": 200_000_000,
            "main.work;net/http.(*conn).serve": 300_000_000})
        self.turn("nobody")
        self.assertEqual(self.path(), ["all"])
        self.assertIn("No function matches nobody.",
                      self.browser.text("#details"))

    def test_a_function_is_found_by_its_name_whatever_a_frame_is(self):
        self.page(STACKS, "--granularity", "filefunctions")
        self.turn(r"^main\.work$")
        self.assertEqual(self.browser.text("#total"), "cpu 650ms of 1s")
        self.assertIn("/src/", self.name())

    def test_it_is_printed_and_fits_a_phone(self):
        self.page({tuple(f"pkg.f{i}" for i in range(900)): 1, **STACKS})
        self.browser.size(420, 800)
        self.turn(r"^pkg\.f600$")
        self.assertEqual(self.browser.run(
            "return document.documentElement.scrollWidth"), 420)
        self.assertTrue(self.browser.run(
            "const y = rowOf(state.root) * rowHeight - graph.scrollTop;"
            "return y > 0 && y < graph.clientHeight"))
        self.assertGreater(len(self.browser.pdf()), 10_000)

    def test_a_large_page_has_one(self):
        self.page({(f"root.r{i % 50}", f"pkg.f{i % 700}", f"leaf.l{i % 7}",
                    f"x{i}"): 1 for i in range(20_000)})
        self.turn(r"^leaf\.l3$")
        self.assertEqual(self.browser.text("#total"), "cpu 28.57s of 200s")
        self.assertEqual(self.browser.run(
            "return rows.slice(0, 3).map((row) => row.length)"), [100, 100, 1])
