# SPDX-License-Identifier: MIT
"""The page of `kubectl profefe web` in a real browser, against answers made here."""

import pathlib
import tempfile
import threading
import time
import unittest

from harness.browser import Browser
from harness.page_server import PageServer

EVIL = 'main.<img src=x onerror="document.title=1">(*T[go.shape.int]).Do'
NAMES = ["main.work", "main.idle", "net/http.(*conn).serve", EVIL]
REPORTS = ["top", "graph", "flamegraph", "peek", "source", "tags", "traces"]


def row(name, flat, cum):
    return {"name": name, "flat": flat, "cum": cum, "flat_percent": flat / 10,
            "sum_percent": flat / 10, "cum_percent": cum / 10,
            "flat_text": f"{flat}ms", "cum_text": f"{cum}ms"}


def top(query, _):
    rows = [row(name, 400 - 100 * i, 400 + 100 * i)
            for i, name in enumerate(NAMES)]
    if query.get("f"):
        rows = [each for each in rows if query["f"].strip("^$") in each["name"]]
    if query.get("base"):
        rows[0] = row(NAMES[0], -400, -400)
    if query.get("si") == "many":
        rows = [row(f"pkg.f{i}", 2000 - i, 2000) for i in range(1200)]
    return {"sample_type": "cpu", "unit": "ms", "rows": rows, "more_rows": 0,
            "header": ["Type: cpu", "Showing nodes accounting for 1s"],
            "warnings": []}


def node(i, name, tags=()):
    return {"id": i, "name": name, "label": [*name.split("."), "10ms (1%)", "of 1s"],
            "fontsize": 8 + i % 16, "tooltip": name, "color": "#b20400",
            "fill": "#edd5d5", "tags": [{"label": [tag], "value_text": "1ms",
                                         "weight": 100} for tag in tags]}


def edge(a, b):
    return {"from": a, "to": b, "label": "10ms", "weight": 1 + (a * b) % 90,
            "penwidth": 1, "color": "#b2a999", "style": "solid",
            "tooltip": f"{a} -> {b}", "minlen": 1}


def graph(query, _):
    if query.get("n") == "80":
        edges = [edge((i * 7) % max(1, i), i) for i in range(1, 80)]
        edges += [edge(i, (i * 5 + 3) % 80) for i in range(80)]
        return {"legend": [], "warnings": [], "edges": edges,
                "nodes": [node(i, f"pkg{i % 9}.f{i}") for i in range(80)]}
    return {"legend": ["Type: cpu", "Showing nodes accounting for 1s"],
            "warnings": [], "edges": [edge(0, 1), edge(0, 2), edge(2, 0), edge(3, 3)],
            "nodes": [node(i, name, ["16kB"] * (i == 1))
                      for i, name in enumerate(NAMES)]}


PEEK = """Type: cpu
-----------+-------------
      flat  flat%   sum%        cum   cum%   calls calls% + context
-----------+-------------
                              0.26s   100% |   main.main
     0.01s  0.51%  0.51%      0.26s 13.33%                | main.work
-----------+-------------
"""
TRACES = """Type: cpu
-----------+-------------
     tenant:  t0
      10ms   main.work
             main.main
-----------+-------------
      20ms   main.idle
"""
FLAME = """<!doctype html><title>f</title><header></header><select id="type"></select>
<input id="query"><script>
function choose(name) { parent.postMessage({ kind: "profefe-function", name }, "*"); }
function setDark(dark) { document.title = String(dark); }
function turn(expression) { parent.postMessage({ kind: "profefe-pivot", expression }, "*"); }
const turns = [];
function turnTo(expression) { turns.push(expression); return true; }
</script>"""


def profile(number, kind="cpu", minute=0):
    return {"id": str(number), "title": f"{kind}-{number}",
            "time": f"2026-01-02T03:{minute:02}:05Z", "duration_seconds": 10.0,
            "sample_types": [{"type": "samples", "unit": "count"},
                             {"type": kind, "unit": "ns"}],
            "default_sample_type": kind, "kind": kind, "route": "pod-ip",
            "pods": ["api-0", "api-1"], "incomplete": False}


class WebPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.server = PageServer()
        cls.addClassCleanup(cls.server.close)
        cls.browser = Browser(pathlib.Path(folder.name), 1200)
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        self.session = {
            "title": "api, 2 pods", "version": "1", "base": None, "configs": [],
            "profiles": [profile(1), profile(2, "heap", 1), profile(3, "cpu", 2)],
            "live": {"can_capture": True, "targets_selectable": True,
                     "types": ["cpu", "heap"], "namespace": "shop"}}
        self.server.answers.clear()
        self.server.answers.update({
            "session": lambda *_: self.session, "top": top, "graph": graph,
            "peek": lambda *_: PEEK, "traces": lambda *_: TRACES,
            "flame.html": lambda *_: FLAME,
            "source": lambda *_: {"warnings": [], "routines": [{
                "name": "main.work", "file": "/src/main.go", "flat_text": "10ms",
                "cum_text": "20ms", "lines": [
                    {"number": 7, "text": "\tif a < b {", "flat_text": "10ms",
                     "cum_text": "20ms", "flat": 10, "cum": 20},
                    {"number": 8, "text": "<b>", "flat_text": ".",
                     "cum_text": ".", "flat": 0, "cum": 0}]}]},
            "tags": lambda *_: {"total_text": "1s", "tags": [{
                "key": "tenant", "value_text": "1s", "values": [
                    {"text": "a.b", "value_text": "600ms", "percent": 60.0},
                    {"text": "16kB", "value_text": "400ms", "percent": 40.0}]}]},
            "targets": lambda *_: {"namespace": "shop", "targets": [
                {"pod": f"api-{i}", "namespace": "shop", "service": "api",
                 "port": 6060, "path": "/debug/pprof"} for i in range(3)],
                "not_targets": [{"pod": "db-0", "namespace": "shop",
                                 "reason": "no annotation"}]}})
        self.expected = []  # parts of complaints that a test provokes
        self.browser.size(1200, 800)
        self.browser.prefer("light")

    def tearDown(self):
        """No test may leave a complaint behind, or ask another host."""
        complaints = [each for each in self.browser.complaints()
                      if not any(part in each for part in self.expected)]
        self.assertEqual(complaints, [])
        for url in self.browser.requests():
            self.assertTrue(url.startswith(self.server.url), url)

    def open(self, path):
        self.server.asked.clear()
        self.browser.visit(self.server.url + path)
        self.settled()

    def settled(self):
        self.browser.wait("return document.querySelector('main')"
                          ".getAttribute('aria-busy') === 'false'")

    def count(self, selector):
        return self.browser.run(
            "return document.querySelectorAll(arguments[0]).length", selector)

    def texts(self, selector):
        return self.browser.run(
            "return [...document.querySelectorAll(arguments[0])]"
            ".map((each) => each.textContent)", selector)

    def until(self, path, **query):
        """Waits for that view with these parameters; others are not wanted."""
        wanted = [path, sorted(query.items())]
        end = time.monotonic() + 15
        while (found := self.browser.run(
                "return [location.pathname,"
                " [...new URLSearchParams(location.search)].sort()]")) != [
                    path, sorted(map(list, query.items()))]:
            if time.monotonic() > end:
                self.fail(f"shows {found} instead of {wanted}")
            time.sleep(0.02)
        self.settled()

    def last(self, name):
        """The query of the last request for a report."""
        return [query for _, path, query in self.server.asked
                if path == f"/api/{name}"][-1]

    def choose(self, selector, text):
        """Clicks the first of these that has the text."""
        self.browser.wait(
            "const found = [...document.querySelectorAll(arguments[0])]"
            ".find((each) => each.textContent.trim() === arguments[1]);"
            "found?.click(); return Boolean(found)", selector, text)

    def test_each_view_has_an_address_a_tab_and_a_key(self):
        self.open("/ui/")
        self.assertEqual(self.count("iframe.flame"), 1)
        for number, name in enumerate(REPORTS, 1):
            self.browser.press(str(number))
            self.until(f"/ui/{name}")
            self.assertEqual(self.count("#tabs [aria-current=page]"), 1)
            self.assertEqual(self.count(".error"), 0, name)
        self.browser.back()
        self.until("/ui/tags")
        self.assertEqual(self.texts("h2")[0], "tenant1s of 1s")
        self.browser.forward()
        self.until("/ui/traces")
        self.assertEqual(self.browser.run(
            "return [...document.querySelectorAll('#tabs a')]"
            ".map((link) => link.getAttribute('href'))"),
            [f"/ui/{name}" for name in [*REPORTS, "targets"]])

    def test_top_sorts_filters_and_shows_500_rows_at_a_time(self):
        self.open("/ui/top")
        self.assertEqual(self.texts("td.name a"), NAMES)
        self.choose("th button", "Cum")
        self.assertEqual(self.texts("td.name a"), NAMES[::-1])
        self.assertIn("sort=cum", self.browser.run("return location.search"))
        self.choose("th button", "Function")
        self.assertEqual(self.texts("td.name a"), sorted(NAMES))
        self.browser.press("/")
        self.browser.write("#search", "(*conn)")
        self.browser.wait("return document.querySelectorAll('tbody tr').length == 1")
        self.assertEqual(self.browser.text("#found"), "1 of 4")
        self.open("/ui/top?si=many")
        self.assertEqual(self.count("tbody tr"), 500)
        self.browser.click(".more button")
        self.assertEqual(self.count("tbody tr"), 1000)

    def test_from_a_function_one_click_leads_to_it_in_every_view(self):
        self.open("/ui/top")
        self.browser.click("tbody tr:nth-child(3) a.fn")
        self.assertEqual(self.browser.text("#function h2"), NAMES[2])
        literal = r"^net/http\.\(\*conn\)\.serve$"
        links = self.browser.run(
            "return [...document.querySelectorAll('#function .group a')].map("
            "(a) => [a.textContent, a.pathname,"
            " Object.fromEntries(new URLSearchParams(a.search))])")
        self.assertEqual(links, [
            ["Top", "/ui/top", {"p": literal}],
            ["Graph", "/ui/graph", {"p": literal}],
            ["Sandwich", "/ui/flamegraph", {"p": literal}],
            ["Peek", "/ui/peek", {"p": literal}],
            ["Source", "/ui/source", {"p": literal}],
            ["Focus", "/ui/top", {"f": literal}],
            ["Ignore", "/ui/top", {"i": literal}],
            ["Hide", "/ui/top", {"h": literal}],
            ["Show", "/ui/top", {"s": literal}],
            ["Show from", "/ui/top", {"sf": literal}]])
        self.choose("#function a", "Graph")
        self.until("/ui/graph", p=literal)
        self.assertEqual(self.count(".node.selected"), 1)
        self.assertNotIn("p", self.last("graph"))
        self.choose("#function a", "Peek")
        self.until("/ui/peek", p=literal)
        self.assertEqual(self.last("peek")["p"], literal)
        self.choose("pre a.fn", "main.main")
        self.choose("#function a", "Top")
        self.until("/ui/top", p=r"^main\.main$")

    def test_filters_are_chips_that_can_be_taken_away(self):
        self.open("/ui/top?i=a%7Cb&g=lines&profile=1")
        self.assertEqual(self.texts("#chips li"),
                         ["Ignore: a|b×", "Granularity: lines×", "Reset"])
        self.browser.click("tbody tr:nth-child(2)")
        self.choose("#function a", "Ignore")
        self.until("/ui/top", i=r"a|b|^main\.idle$", g="lines", profile="1")
        self.assertEqual(self.last("top")["i"], r"a|b|^main\.idle$")
        self.browser.click("#chips li:nth-child(2) a")
        self.until("/ui/top", i=r"a|b|^main\.idle$", profile="1")
        self.browser.click("#refine")
        self.choose(".popup button", "All filters…")
        self.browser.write("#dialog [name=tf]", "tenant=a")
        self.browser.press("Enter")
        self.until("/ui/top", i=r"a|b|^main\.idle$", profile="1", tf="tenant=a")
        self.choose("#chips a", "Reset")
        self.until("/ui/top", profile="1")
        self.browser.back()
        self.until("/ui/top", i=r"a|b|^main\.idle$", profile="1", tf="tenant=a")

    def test_the_search_becomes_a_filter_by_f(self):
        self.open("/ui/graph")
        self.browser.press("/")
        self.browser.write("#search", "idle")
        self.browser.wait("return document.querySelectorAll('.node.hit').length == 1")
        self.browser.press("Tab", "Tab", "f")
        self.until("/ui/graph", f="idle")

    def test_options_and_types_are_in_the_address(self):
        self.open("/ui/top")
        self.browser.click("#options")
        self.browser.run("const list = document.querySelector('.popup select');"
                         "list.value = 'files'; list.onchange({ target: list })")
        self.until("/ui/top", g="files")
        self.browser.run("const list = document.getElementById('type');"
                         "list.value = 'samples'; list.onchange()")
        self.until("/ui/top", g="files", si="samples")
        self.assertEqual(self.last("top"), {"g": "files", "si": "samples"})

    def test_named_settings_are_saved_chosen_and_deleted(self):
        saved = []

        def save(query, _):
            saved.append(query)
            self.session["configs"] = [{"name": "mine", "query": "?f=work&g=lines"}]
            return {}

        def delete(query, _):
            self.session["configs"] = []
            return {}

        self.server.answers.update({"POST configs": save, "DELETE configs": delete})
        self.open("/ui/top?f=work&g=lines&profile=1")
        self.browser.click("#settings")
        self.choose(".popup button", "Save as…")
        self.browser.write("#dialog input", "mine")
        self.browser.press("Enter")
        self.browser.wait("return !document.getElementById('dialog').open")
        self.assertEqual(saved, [{"config": "mine", "f": "work", "g": "lines"}])
        self.browser.click("#settings")
        self.choose(".popup a", "Default")
        self.until("/ui/top", profile="1")
        self.browser.click("#settings")
        self.choose(".popup a", "mine")
        self.until("/ui/top", profile="1", f="work", g="lines")
        self.browser.click("#settings")
        self.browser.click(".popup [aria-label='Delete mine']")
        self.browser.wait("return session.configs.length === 0")

    def test_any_two_profiles_are_compared(self):
        self.open("/ui/top")
        self.browser.click("#history")
        self.assertEqual(len(self.texts(".history li")), 3)
        self.choose(".history a", "Compare with previous")
        self.until("/ui/top", profile="3", base="1")
        self.assertRegex(self.browser.text("#comparison"),
                         r"(?s)shown.*cpu-3.*base.*cpu-1")
        self.assertEqual(self.count("td.shrank"), 2)
        self.browser.click("#comparison input")
        self.until("/ui/top", profile="3", base="1", norm="t")
        self.choose("#comparison a", "Swap")
        self.until("/ui/top", profile="1", base="3", norm="t")
        self.choose("#comparison a", "Stop comparing")
        self.until("/ui/top", profile="1")

    def test_a_base_of_the_session_can_be_left_out(self):
        self.session["base"] = "1"
        self.open("/ui/top")
        self.assertIn("cpu-1", self.browser.text("#comparison"))
        self.choose("#comparison a", "Stop comparing")
        self.until("/ui/top", base="")
        self.assertEqual(self.last("top"), {"base": ""})

    def start_capture(self):
        status = {"id": "7", "state": "running", "type": "heap", "seconds": 4,
                  "elapsed_seconds": 1.0, "pods": 2, "pods_done": 1,
                  "failures": [], "profile": None, "error": None}
        orders = []
        self.server.answers.update({
            "POST captures": lambda _, body: (orders.append(body), (202, {"id": "7"}))[1],
            "GET captures/7": lambda *_: status,
            "DELETE captures/7": lambda *_: status.update(state="stopped") or {}})
        return status, orders

    def test_a_capture_shows_its_progress_and_is_compared(self):
        status, orders = self.start_capture()
        self.open("/ui/top")
        self.browser.run("const list = document.getElementById('capture-type');"
                         "list.value = 'heap'; list.onchange()")
        self.browser.click("#capture-start")
        self.browser.wait("return document.querySelector('#progress progress')")
        self.assertIn("1 of 4 s · 1 of 2 pods done", self.browser.text("#progress"))
        self.assertEqual(orders, [{"targets": [], "type": "heap", "seconds": 0}])
        self.session["profiles"].append(profile(4, "heap", 3))
        status.update(state="done", profile="4", failures=["shop/api-1: refused"])
        self.until("/ui/top", profile="4")
        self.assertIn("heap captured from 1 of 2 pods",
                      self.browser.text("#progress"))
        self.choose("#progress a", "Compare with previous")
        self.until("/ui/top", profile="4", base="2")
        self.browser.back()
        self.browser.back()
        self.until("/ui/top", profile="3")

    def test_chosen_targets_are_captured_until_stopped(self):
        _, orders = self.start_capture()
        self.open("/ui/targets")
        self.assertIn("no annotation", self.browser.text("main"))
        self.browser.click("[aria-label='shop/api-1']")
        self.browser.click("#capture-chosen")
        self.choose("#progress button", "Stop")
        self.browser.wait("return document.getElementById('progress')"
                          ".textContent.includes('Capture stopped')")
        self.assertEqual(orders, [{"targets": ["shop/api-1"], "type": "cpu",
                                   "seconds": 10}])

    def test_a_late_answer_does_not_overwrite_a_newer_one(self):
        self.open("/ui/tags")
        late = threading.Event()
        self.addCleanup(late.set)
        quick = self.server.answers["top"]
        self.server.answers["top"] = lambda *all: late.wait(10) and quick(*all)
        self.browser.press("1")
        self.browser.wait("return location.pathname === '/ui/top'")
        self.browser.press("6")
        self.until("/ui/tags")
        late.set()
        time.sleep(0.3)
        self.assertEqual(self.count(".tag-key"), 1)
        self.assertEqual(self.count("table.rows"), 0)

    def test_errors_are_words_with_what_to_do(self):
        self.expected = ["Failed to load resource"]
        for status, view, part in [
                (400, "top", "cannot be made"), (404, "source?p=x", "Nothing was found"),
                (403, "graph", "printed"), (500, "tags", "Try again"),
                (400, "flamegraph", "cannot be made")]:
            with self.subTest(view=view):
                name = view.partition("?")[0]
                name = "flame.html" if name == "flamegraph" else name
                kept = self.server.answers[name]
                self.server.answers[name] = \
                    lambda *_, s=status: (s, {"error": "invalid focus \"(\""})
                self.open(f"/ui/{view}")
                self.assertIn(part, self.browser.text(".error"))
                self.assertIn("invalid focus", self.browser.text(".error"))
                self.server.answers[name] = kept
                self.choose(".error button", "Try again")
                self.browser.wait("return !document.querySelector('.error')")

    def test_a_function_of_the_flame_graph_is_selected(self):
        self.open("/ui/flamegraph")
        self.browser.run("document.querySelector('iframe').contentWindow"
                         ".choose('main.work')")
        self.browser.wait("return document.querySelector('#function h2')")
        self.assertEqual(self.browser.text("#function h2"), "main.work")
        self.browser.press("d")
        self.assertEqual(self.browser.run(
            "return document.querySelector('iframe').contentDocument.title"), "true")
        self.browser.run("localStorage.clear()")

    def test_the_sandwich_of_the_flame_graph_is_in_the_address(self):
        def inside(script):
            return self.browser.run("const frame = document.querySelector("
                                    "'iframe').contentWindow; " + script)

        self.open("/ui/flamegraph?f=work")
        inside("frame.turn('^main\\\\.idle$')")
        self.until("/ui/flamegraph", f="work", p=r"^main\.idle$")
        self.assertEqual(self.texts("#chips li")[0], r"Sandwich: ^main\.idle$×")
        self.choose("#chips a", "×")
        self.until("/ui/flamegraph", f="work")
        self.browser.back()
        self.until("/ui/flamegraph", f="work", p=r"^main\.idle$")
        self.assertEqual(inside("return frame.eval('turns')"),
                         [r"^main\.idle$", "", r"^main\.idle$"])
        asked = [query for _, path, query in self.server.asked
                 if path == "/api/flame.html"]
        self.assertEqual(asked, [{"f": "work"}])
        self.open("/ui/flamegraph?p=x")
        self.assertEqual(self.last("flame.html"), {"p": "x"})

    def test_the_graph_draws_everything_and_nothing_overlaps(self):
        self.open("/ui/graph?n=80")
        self.assertEqual(self.count(".node"), 80)
        self.assertEqual(self.count(".edge"), 159)
        self.assertEqual(self.browser.run(
            "return picture.nodes.flatMap((a, i) => picture.nodes.slice(0, i)"
            ".filter((b) => overlap(a, b) > 1)).length"), 0)
        scale = self.browser.run("return picture.scale")
        self.browser.run("document.querySelector('svg.graph').focus()")
        self.browser.press("+", "+", "ArrowLeft", "n", "Enter")
        self.assertGreater(self.browser.run("return picture.scale"), scale)
        self.assertEqual(self.count(".node.selected"), 1)
        self.browser.press("Escape")
        self.assertEqual(self.count(".node.selected"), 0)

    def test_the_graph_shows_tags_and_recursion(self):
        self.open("/ui/graph")
        self.assertEqual(self.count(".tag"), 1)
        self.assertEqual(self.count(".edge"), 5)

    def test_tags_lead_to_filters(self):
        self.open("/ui/tags")
        self.assertEqual(self.browser.run(
            "return [...document.querySelectorAll('th a')].map((a) =>"
            " new URLSearchParams(a.search).get('tf'))"),
            [r"tenant=^a\.b$", "tenant=16kB"])

    def test_names_are_text_whatever_they_are(self):
        for view in ["top", "graph", "peek", "source"]:
            self.open(f"/ui/{view}")
            self.assertEqual(self.count("main img"), 0)
            self.assertNotEqual(self.browser.run("return document.title"), "1")
        self.open("/ui/source?p=x")
        self.assertEqual(self.texts("td.code"), ["\tif a < b {", "<b>"])

    def test_it_fits_a_phone_in_both_schemes(self):
        self.browser.size(360, 740)
        for scheme, paper in [("light", "rgb(251, 251, 249)"),
                              ("dark", "rgb(23, 24, 27)")]:
            self.browser.prefer(scheme)
            for view in [*REPORTS, "targets"]:
                with self.subTest(view=view, scheme=scheme):
                    self.open(f"/ui/{view}?base=1&f=work")
                    self.assertEqual(self.browser.run(
                        "return document.documentElement.scrollWidth"), 360)
                    self.assertEqual(self.browser.run(
                        "return getComputedStyle(document.body).backgroundColor"),
                        paper)

    def test_the_page_is_small(self):
        sizes = {path: len(text.encode())
                 for path, (_, text) in self.server.assets.items()}
        self.assertLess(sum(sizes.values()) - sizes["/assets/dagre.js"], 120_000)
