# SPDX-License-Identifier: MIT
"""flame: its page in a real browser, its SVG and its folded stacks."""

import pathlib
import re

from harness.flame_case import SIDE, WIDTH, FlameCase, cpu
from harness.profiles import stack_profile

STACKS = {
    ("main.main", "main.work"): 30,
    ("main.main", "main.work", "net/http.(*conn).serve"): 30,
    ("main.main", "main.idle"): 20,
    ("runtime.gcBgMarkWorker", "runtime.scanobject"): 15,
    ("runtime.gcBgMarkWorker", "main.work"): 5,
}
# Against STACKS: serve grew by half, idle is new, and another is gone.
BASE = {**STACKS, ("main.main", "main.work", "net/http.(*conn).serve"): 20,
        ("main.main", "main.idle"): 0, ("main.gone",): 20}


class Flame(FlameCase):
    def test_pointing_at_a_frame_tells_its_numbers(self):
        self.page(STACKS)
        self.assertIn("cpu 1s", self.browser.text("#total"))
        self.point(0.2, 2)
        self.assertEqual(self.name(), "main.work")
        self.assertEqual(
            self.facts(), "cum here 600ms (60.0%) flat here 300ms (30.0%) "
            "flat overall 350ms (35.0%) cum overall 650ms (65.0%)")
        self.assertIn("/src/", self.browser.text("#details p"))

    def test_a_click_zooms_and_the_path_leads_back(self):
        self.page(STACKS)
        self.point(0.9, 1, click=True)
        self.assertEqual(self.path(), ["all", "runtime.gcBgMarkWorker"])
        self.point(0.5, 2)
        self.assertEqual(self.name(), "runtime.scanobject")
        self.point(0.9, 2, click=True)
        self.assertEqual(self.path()[1:],
                         ["runtime.gcBgMarkWorker", "main.work"])
        self.browser.click("#path li:nth-child(2) button")
        self.assertEqual(self.path(), ["all", "runtime.gcBgMarkWorker"])
        self.browser.click("#reset")
        self.assertEqual(self.path(), ["all"])
        self.point(0.5, 1)
        self.assertEqual(self.name(), "main.main")

    def test_a_search_tells_the_share_of_what_matches(self):
        self.page(STACKS)
        self.assertEqual(self.search("scan"), "15.0% matched")
        self.assertEqual(self.search("SERVE|scan"), "45.0% matched")
        self.assertEqual(self.search("(*conn)"), "30.0% matched")
        self.assertEqual(self.search("^main"), "85.0% matched")
        self.assertEqual(self.search("(unfinished"), "0.00% matched")
        self.search("serve")
        self.browser.press("Enter")
        self.assertEqual(self.name(), "net/http.(*conn).serve")
        self.assertEqual(self.path(), ["all"])
        self.browser.press("Escape")
        self.assertEqual(self.browser.text("#share"), "")

    def test_inverted_the_leaves_come_first(self):
        self.page(STACKS)
        self.browser.click("#invert")
        self.point(0.1, 1)
        self.assertEqual(self.name(), "main.work")
        self.assertIn("cum here 350ms (35.0%)", self.facts())
        self.point(0.1, 2)
        self.assertEqual(self.name(), "main.main")
        self.assertIn("cum here 300ms (30.0%)", self.facts())
        self.point(0.32, 2)
        self.assertEqual(self.name(), "runtime.gcBgMarkWorker")
        self.assertEqual(self.search("serve"), "30.0% matched")

    def test_sample_types_are_switched_where_one_is(self):
        self.page(STACKS)
        self.point(0.9, 1, click=True)
        self.browser.run(
            "const type = document.getElementById('type'); type.value = 0;"
            "type.dispatchEvent(new Event('change'))")
        self.assertIn("samples 100", self.browser.text("#total"))
        self.assertEqual(self.path(), ["all", "runtime.gcBgMarkWorker"])
        self.assertIn("cum here 20 (20.0%)", self.facts())

    def test_the_sample_type_to_begin_with_is_the_callers(self):
        self.page(STACKS, "--sample-index", "samples")
        self.assertIn("samples 100", self.browser.text("#total"))

    def test_a_base_shows_what_changed(self):
        self.compare(STACKS, BASE)
        self.assertIn("cpu 1s, was 900ms: +100ms (+11.1%)",
                      self.browser.text("#total"))
        self.search("serve")
        self.browser.press("Enter")
        self.assertIn("was 200ms +100ms (+50.0%)", self.facts())
        self.browser.press("Escape")
        self.browser.run("document.activeElement.blur()")
        # Both widths together: main.main has 80 + 50 of 190, gone 20.
        red, _, blue = self.pixel(0.67, 1)
        self.assertGreater(red, blue + 20)
        self.point(0.999, 1)
        self.assertEqual(self.name(), "main.gone")
        self.assertIn("0 (0.00%) was 200ms -200ms (-100.0%)", self.facts())
        red, _, blue = self.pixel(0.998, 1)
        self.assertGreater(blue, red + 20)

    def test_a_comparison_is_as_wide_as_its_reader_wants(self):
        self.compare(STACKS, BASE)
        self.browser.run(
            "const side = document.getElementById('side'); side.value = 'new';"
            "side.dispatchEvent(new Event('change'))")
        self.point(0.999, 1)
        self.assertEqual(self.name(), "runtime.gcBgMarkWorker")

    def test_every_frame_is_reached_by_keyboard(self):
        self.page(STACKS)
        self.to_picture()
        self.assertIn("all, 1s", self.item("aria-label"))
        self.browser.press("ArrowDown")
        self.assertEqual(self.name(), "main.main")
        self.assertEqual(self.item("aria-label"), "main.main, 800ms, 80.0%")
        self.assertEqual(self.item("role"), "treeitem")
        self.assertEqual(
            [self.item(f"aria-{name}")
             for name in ("level", "posinset", "setsize", "expanded")],
            ["2", "1", "2", "true"])
        self.browser.press("ArrowRight")
        self.assertEqual(self.name(), "runtime.gcBgMarkWorker")
        self.browser.press("Enter")
        self.assertEqual(self.path(), ["all", "runtime.gcBgMarkWorker"])
        self.browser.press("ArrowDown", "ArrowRight")
        self.assertEqual(self.item("aria-label"), "main.work, 50ms, 5.00%")
        self.browser.press("ArrowUp", "Backspace")
        self.assertEqual(self.path(), ["all"])
        self.browser.press("End", "Enter")
        self.assertEqual(self.path()[-1], "net/http.(*conn).serve")
        self.browser.press("Escape")
        self.assertEqual(self.path(), ["all"])
        self.assertEqual(self.active(), "graph")

    def test_the_focus_is_visible(self):
        self.page(STACKS)
        self.to_picture()
        self.browser.press("ArrowDown")
        ring = self.browser.run(
            "const item = document.querySelector('[role=treeitem]');"
            "const style = getComputedStyle(item);"
            "const at = item.getBoundingClientRect();"
            "return [style.outlineStyle, style.outlineWidth,"
            " Math.round(at.width)]")
        self.assertEqual(ring, ["solid", "2px", 0.8 * (WIDTH - 2 * SIDE) - 1])

    def test_shortcuts(self):
        self.page(STACKS)
        self.browser.press("/")
        self.assertEqual(self.active(), "query")
        self.browser.press("i", "?", "d")
        self.assertEqual(self.browser.run("return query.value"), "i?d")
        self.browser.press("Escape")
        self.to_picture()
        self.browser.press("i")
        pressed = "return document.getElementById('invert').ariaPressed"
        self.assertEqual(self.browser.run(pressed), "true")
        self.browser.press("?")
        self.assertIn("next, previous match", self.browser.text("#help"))
        self.browser.press("i", "Escape")
        self.assertFalse(self.browser.run(
            "return document.getElementById('help').open"))
        self.assertEqual(self.browser.run(pressed), "true")

    def test_dark_is_what_the_system_wants_until_it_is_switched(self):
        dark = ("const [red] = getComputedStyle(document.body)"
                ".backgroundColor.match(/\\d+/); return Number(red) < 60")
        self.page(STACKS)
        self.assertFalse(self.browser.run(dark))
        self.browser.prefer("dark")
        self.assertTrue(self.browser.wait(dark))
        self.assertLess(max(self.pixel(0.79, 1)), 150)
        self.browser.click("#theme")
        self.assertFalse(self.browser.run(dark))
        self.assertGreater(min(self.pixel(0.79, 1)), 150)
        self.show(self.scratch / "page.html")
        self.assertFalse(self.browser.run(dark))
        self.browser.run("localStorage.clear()")

    def test_names_are_text_whatever_they_hold(self):
        evil = ("</script></noscript><img src=x onerror=\"document.title="
                "'owned'\"><script>document.title='owned'</script>")
        self.page({(evil,): 1})
        self.point(0.5, 1)
        self.assertEqual(self.name(), evil)
        self.point(0.5, 1, click=True)
        self.assertEqual(self.path()[0], "all")
        self.assertEqual(self.browser.run(
            "return document.querySelectorAll('img').length"), 0)
        self.assertNotIn("owned", self.browser.run("return document.title"))

    def test_numbers_are_exact_up_to_2_to_the_53(self):
        self.show(self.draw(stack_profile(
            [("n", "count")], {("a",): (2 ** 53 - 2,), ("b",): (1,)})))
        self.assertEqual(self.browser.text("#total"),
                         "n 9,007,199,254,740,991")

    def test_script_and_still_picture_write_the_same_values(self):
        values = (1, 999, 1000, 1152, 123_533, 1_048_576, 77_000_000)
        stacks = {(f"f{value}",): (value,) for value in values}
        for unit in ("ns", "nanoseconds", "us", "ms", "s", "sec", "hours",
                     "bytes", "kb", "mb", "GB", "GCUs", "nanogcu", "count", "",
                     "widgets"):
            for words in ((), ("--divide-by", "7"), ("--unit", "minimum")):
                with self.subTest(unit=unit, words=words):
                    made = self.draw(stack_profile([("wall", unit)], stacks),
                                     *words)
                    self.show(made)
                    live = self.browser.run(
                        "return kidsOf(state.root).map((box) =>"
                        " [nameOf(box), inWords(box.value),"
                        " percent(box.value, data.types[0].whole)])")
                    still = re.findall(
                        r"<tr><td>(.*)<td>(.*)<td>.*<td>.*<td>(.*)\n",
                        made.read_text())
                    self.assertEqual(
                        live, [[name, value, share]
                               for value, share, name in still])

    def test_numbers_are_rounded_as_in_the_still_picture(self):
        self.page(STACKS)
        self.assertEqual(self.browser.run(
            "return [fixed(1.125, 2), fixed(1.375, 2), fixed(-1.125, 2),"
            " fixed(1.005, 2), fixed(12.25, 1), fixed(2, 2)]"),
            ["1.12", "1.38", "-1.12", "1.00", "12.2", "2.00"])

    def test_a_unit_is_for_the_types_that_have_it(self):
        self.page(STACKS, "--unit", "us", "--divide-by", "10")
        self.assertEqual(self.browser.text("#total"), "cpu 100000us")
        self.point(0.2, 2)
        self.assertIn("cum here 60000us (60.0%)", self.facts())
        self.browser.run(
            "const type = document.getElementById('type'); type.value = 0;"
            "type.dispatchEvent(new Event('change'))")
        self.assertEqual(self.browser.text("#total"), "samples 10")

    def test_shares_are_of_everything_or_of_what_the_filters_leave(self):
        self.page(STACKS, "--focus", "idle")
        self.assertEqual(self.browser.text("#total"), "cpu 200ms of 1s")
        self.point(0.2, 2)
        self.assertIn("cum here 200ms (20.0%)", self.facts())
        self.assertEqual(self.search("idle"), "20.0% matched")
        self.page(STACKS, "--focus", "idle", "--relative-percentages")
        self.assertEqual(self.browser.text("#total"), "cpu 200ms")
        self.point(0.2, 2)
        self.assertIn("cum here 200ms (100.0%)", self.facts())
        self.assertEqual(self.search("idle"), "100.0% matched")

    def test_it_can_be_read_without_javascript(self):
        self.browser.allow_scripts(False)
        self.addCleanup(self.browser.allow_scripts, True)
        self.browser.open(self.draw(cpu(STACKS)))
        self.assertIn("350ms 35.0% 650ms 65.0% main.work",
                      self.browser.text("noscript table"))
        self.assertIn("main.idle", self.browser.text("noscript svg"))

    def test_it_fits_a_phone_and_a_deep_stack_scrolls(self):
        self.browser.size(420, 800)
        self.page({tuple(f"pkg.f{i}" for i in range(3000)): 1})
        self.assertEqual(self.browser.run(
            "return document.documentElement.scrollWidth"), 420)
        self.to_picture()
        self.browser.press("End")
        self.assertEqual(self.name(), "pkg.f2999")
        self.assertGreater(self.browser.run(
            "return document.getElementById('graph').scrollTop"), 50_000)

    def test_it_is_printed_in_light_and_without_controls(self):
        self.browser.prefer("dark")
        self.page(STACKS)
        self.assertGreater(len(self.browser.pdf()), 10_000)
        self.browser.prefer("dark", "print")
        self.addCleanup(self.browser.prefer, "light")
        self.assertEqual(self.browser.run(
            "return getComputedStyle(document.querySelector('.tools'))"
            ".display"), "none")

    def test_a_large_page_shows_what_it_can(self):
        self.page({(f"root.r{i % 50}", f"pkg.f{i}", f"leaf.l{i % 7}"): 1
                   for i in range(20_000)})
        self.assertEqual(self.search("l3"), "14.3% matched")
        self.browser.click("#invert")
        self.point(0.01, 1)
        self.assertRegex(self.name(), r"leaf\.l\d")

    def test_an_empty_profile_is_an_empty_picture(self):
        self.page({("a",): 0})
        self.assertEqual(self.browser.text("#total"), "cpu 0")

    def test_an_svg_needs_no_script(self):
        self.browser.open(self.draw(cpu(STACKS), name="cpu.svg"))
        titles = self.browser.run(
            "return [...document.querySelectorAll('title')]"
            ".map((title) => title.textContent)")
        self.assertIn("main.work\n600ms (60.0%)", titles)
        self.assertEqual(len(titles), 8)

    def test_folded_stacks(self):
        made = self.draw(cpu(STACKS), name="cpu.folded")
        self.assertEqual(pathlib.Path(made).read_text().splitlines(), [
            "main.main;main.idle 200000000",
            "main.main;main.work 300000000",
            "main.main;main.work;net/http.(*conn).serve 300000000",
            "runtime.gcBgMarkWorker;main.work 50000000",
            "runtime.gcBgMarkWorker;runtime.scanobject 150000000"])
