# SPDX-License-Identifier: MIT
"""web: its requests, its page in a real browser, and who is let in."""

import http.client
import json
import re
import signal
import tempfile
import urllib.parse

from harness.browser import Browser
from harness.case import Case
from harness.cluster_case import ClusterCase
from harness.daemons import wait_until
from harness.page_server import PageServer
from harness.profiles import stack_profile
from harness.workloads import NAMESPACE

TYPES = [("samples", "count"), ("cpu", "nanoseconds")]
STACKS = {("main.main", "main.work"): 30,
          ("main.main", "main.work", "net/http.(*conn).serve"): 30,
          ("main.main", "main.idle"): 20}
LATER = {**STACKS, ("main.main", "main.leak"): 40}


def cpu(stacks):
    return stack_profile(TYPES, {stack: (count, count * 10_000_000)
                                 for stack, count in stacks.items()})


class Page:
    """A `web` that runs, and a client that has its cookie."""

    def __init__(self, case, *words, env=None):
        self.child = case.spawn("web", "--no-browser", *words,
                                env=env or case.environment())
        self.url = self.child.stdout.readline().strip()
        if not self.url:
            raise AssertionError(self.child.stderr.read())
        parts = urllib.parse.urlsplit(self.url)
        self.host, self.start = parts.netloc, f"{parts.path}?{parts.query}"
        self.cookie = ""
        answer = self.ask("GET", self.start)
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        wanted = {"Cookie": self.cookie, **headers}
        if method not in ("GET", "HEAD"):
            wanted.setdefault("Origin", f"http://{self.host}")
        connection.request(method, path, body, {name.replace("_", "-"): value
                                                for name, value in
                                                wanted.items() if value})
        answer = connection.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer

    def json(self, path, method="GET", body=None, status=200):
        answer = self.ask(method, path, body)
        if answer.status != status:
            raise AssertionError(f"{path}: {answer.status} {answer.text}")
        return json.loads(answer.text)

    def end(self):
        self.child.send_signal(signal.SIGINT)
        return self.child.wait(20)


class OfFiles(Case):
    def page(self, *words, profile=STACKS):
        source = self.scratch / "cpu.pb.gz"
        source.write_bytes(cpu(profile))
        return Page(self, source, *words,
                    env=self.environment(KUBECONFIG="/nowhere"))

    def test_reports_are_those_of_the_commands(self):
        page = self.page()
        top = page.json("/api/top")
        self.assertEqual(top["total_text"], "800ms")
        self.assertEqual(top["rows"][0]["name"], "main.work")
        for view in ("peek", "traces"):
            words = ["peek", "work"] if view == "peek" else ["traces"]
            printed = self.tool(*words, self.scratch / "cpu.pb.gz")
            shown = page.ask("GET", f"/api/{view}?p=work")
            self.assertEqual(shown.text, printed.out)
        graph = page.json("/api/graph")
        self.assertEqual(len(graph["nodes"]), 4)
        self.assertEqual(page.json("/api/source?p=main.work")["routines"][0]
                         ["name"], "main.work")
        self.assertEqual(page.end(), 0)

    def test_parameters_of_pprof_shape_them(self):
        page = self.page()
        rows = page.json("/api/top?f=idle&si=samples")["rows"]
        self.assertEqual([row["flat_text"] for row in rows if
                          row["name"] == "main.idle"], ["20"])
        answer = page.ask("GET", "/api/top?f=(")
        self.assertEqual(answer.status, 400)
        self.assertIn("focus", json.loads(answer.text)["error"])
        self.assertEqual(page.ask("GET", "/api/nothing").status, 404)
        self.assertEqual(page.ask("GET", "/api/top?profile=9").status, 404)

    def test_a_base_is_compared_with(self):
        base = self.scratch / "base.pb.gz"
        base.write_bytes(cpu(STACKS))
        page = self.page("--base", base, profile=LATER)
        session = page.json("/api/session")
        for query in (f"?base={session['base']}", ""):
            rows = page.json(f"/api/top{query}")["rows"]
            self.assertEqual(rows[0]["name"], "main.leak")
            self.assertEqual(rows[0]["flat_text"], "400ms")
        self.assertEqual(page.json("/api/top?base=")["total_text"], "1200ms")

    def test_downloads(self):
        page = self.page()
        for form, start in (("svg", "<svg"), ("folded", "main.main;"),
                            ("html", "<!"), ("text", "Type: cpu"),
                            ("dot", "digraph")):
            answer = page.ask("GET", f"/download?format={form}")
            self.assertEqual(answer.status, 200)
            self.assertIn("attachment", answer.headers["Content-Disposition"])
            self.assertIn(start, answer.text)

    def test_settings_are_kept_under_a_name(self):
        page = self.page()
        page.json("/api/configs?config=mine&f=work&g=lines", "POST")
        [config] = page.json("/api/session")["configs"]
        self.assertEqual(config, {"name": "mine", "query": "?f=work&g=lines"})
        page.json("/api/configs?config=mine", "DELETE")
        self.assertEqual(page.json("/api/session")["configs"], [])

    def test_files_cannot_be_captured(self):
        page = self.page()
        self.assertFalse(page.json("/api/session")["live"]["can_capture"])
        self.assertEqual(page.ask("POST", "/api/captures", "{}").status, 404)
        self.assertEqual(page.ask("GET", "/api/targets").status, 404)

    def test_nobody_else_is_let_in(self):
        page = self.page()
        rows = [
            ("no cookie", dict(Cookie="")),
            ("another cookie", dict(Cookie="profefe=" + 32 * "0")),
            ("a name that leads here (DNS rebinding)",
             dict(Host="evil.example:80")),
            ("a page of another site", dict(Origin="http://evil.example",
                                            Sec_Fetch_Site="cross-site")),
        ]
        for name, headers in rows:
            with self.subTest(name):
                answer = page.ask("GET", "/api/session", **headers)
                self.assertIn(answer.status, (400, 403, 421))
                self.assertNotIn("profiles", answer.text)
        with self.subTest("a change that another site asks for"):
            answer = page.ask("POST", "/api/configs?config=x",
                              Origin="http://evil.example")
            self.assertEqual(answer.status, 403)
        with self.subTest("a wrong token"):
            answer = page.ask("GET", "/start?token=" + 32 * "0", Cookie="")
            self.assertEqual(answer.status, 403)
            self.assertIsNone(answer.headers["Set-Cookie"])
        for path in ("/../../etc/passwd", "/assets/../../etc/passwd",
                     "/api/%2e%2e/%2e%2e/etc/passwd", "/index.html"):
            with self.subTest(path):
                self.assertIn(page.ask("GET", path).status, (400, 404))

    def test_an_error_can_be_shown_in_the_frame(self):
        answer = self.page().ask("GET", "/api/flame.html?f=(")
        self.assertEqual(answer.status, 400)
        self.assertIn("frame-ancestors 'self'",
                      answer.headers["Content-Security-Policy"])

    def test_a_base_needs_a_source(self):
        done = self.tool("web", "--no-browser", "--base", "x.pb.gz")
        self.assertEqual(done.code, 2)
        self.assertIn("needs a SOURCE", done.err)

    def test_the_cookie_and_the_page_are_strict(self):
        page = self.page()
        cookie = page.ask("GET", page.start, Cookie="").headers["Set-Cookie"]
        self.assertIn("HttpOnly", cookie)
        self.assertIn("SameSite=Strict", cookie)
        policy = page.ask("GET", "/ui/top").headers["Content-Security-Policy"]
        self.assertIn("script-src 'self'", policy)
        self.assertNotIn("unsafe", policy)

    def test_only_loopback_unless_said_otherwise(self):
        source = self.scratch / "cpu.pb.gz"
        source.write_bytes(cpu(STACKS))
        done = self.tool("web", "--no-browser", "--http", "0.0.0.0:0", source)
        self.assertEqual(done.code, 2)
        self.assertIn("--allow-remote", done.err)


class InABrowser(Case):
    @classmethod
    def prepare(cls):
        folder = tempfile.TemporaryDirectory(dir=cls.world.folder)
        cls.addClassCleanup(folder.cleanup)
        cls.browser = Browser(folder.name)
        cls.addClassCleanup(cls.browser.close)

    def test_every_view_is_shown_without_a_complaint(self):
        base, source = self.scratch / "base.pb.gz", self.scratch / "cpu.pb.gz"
        base.write_bytes(cpu(STACKS))
        source.write_bytes(cpu(LATER))
        page = Page(self, source, env=self.environment(KUBECONFIG="/nowhere"))
        self.browser.visit(page.url)
        for view, text in (("top", "main.work"), ("graph", "work"),
                           ("peek?p=work", "main.work"), ("tags", ""),
                           ("source?p=main.work", "main.work"),
                           ("traces", "main.leak"), ("flamegraph", "")):
            with self.subTest(view):
                self.browser.visit(f"http://{page.host}/ui/{view}")
                self.browser.wait("return document.body.textContent"
                                  ".includes(arguments[0])", text)
                self.browser.wait("return !document.querySelector("
                                  "'[aria-busy=\"true\"]')")
                self.assertEqual(self.browser.complaints(), [])
                elsewhere = [url for url in self.browser.requests() if
                             urllib.parse.urlsplit(url).netloc != page.host]
                self.assertEqual(elsewhere, [])

    def test_a_function_of_the_table_has_a_sandwich(self):
        source = self.scratch / "cpu.pb.gz"
        source.write_bytes(cpu(STACKS))
        page = Page(self, source, env=self.environment(KUBECONFIG="/nowhere"))
        self.browser.visit(page.url)
        self.browser.visit(f"http://{page.host}/ui/top?p=^main.work$")

        def shows(text):
            self.browser.wait(
                "return document.querySelector('iframe')?.contentDocument"
                "?.querySelector('#total')?.textContent === arguments[0]", text)

        link = self.browser.wait(
            "return document.querySelector('#function a[href*=flamegraph]')")
        self.browser.run("arguments[0].click()", link)
        shows("cpu 600ms of 800ms")
        self.browser.run(
            "document.querySelector('iframe').contentDocument"
            ".getElementById('back').click()")
        self.browser.wait("return !location.search.includes('p=')")
        shows("cpu 800ms")
        self.browser.back()
        self.browser.wait("return location.search.includes('p=')")
        shows("cpu 600ms of 800ms")
        self.assertEqual(self.browser.complaints(), [])

    def test_a_link_of_another_site_to_the_printed_address_leads_in(self):
        source = self.scratch / "cpu.pb.gz"
        source.write_bytes(cpu(STACKS))
        page = Page(self, source, env=self.environment(KUBECONFIG="/nowhere"))
        other = PageServer()
        self.addCleanup(other.close)
        other.answers["link"] = lambda *_: \
            f'<link rel="icon" href="data:,"><a href="{page.url}">profiles</a>'
        self.assertTrue(page.host.startswith("localhost:"), page.host)
        # To a browser 127.0.0.1 is another site, localhost's ports are one.
        for host in ("127.0.0.1", "localhost"):
            with self.subTest(host):
                self.browser.devtools("Network.clearBrowserCookies")
                self.browser.visit(
                    other.url.replace("127.0.0.1", host) + "/api/link")
                steps = self.browser.run("return history.length")
                self.browser.click("a")
                self.browser.wait("return location.pathname.startsWith('/ui/')")
                self.browser.wait("return document.querySelector('iframe')")
                self.assertEqual(self.browser.run("return history.length"),
                                 steps + 1)
                self.assertEqual(self.browser.complaints(), [])


class OfPods(ClusterCase):
    def test_a_page_of_a_namespace_captures_what_is_chosen(self):
        page = Page(self, "-n", NAMESPACE, "--no-save", env=self.environment())
        self.assertEqual(page.ask("GET", "/").headers["Location"],
                         "/ui/targets")
        targets = page.json("/api/targets")["targets"]
        pod = next(f"{t['namespace']}/{t['pod']}" for t in targets
                   if t["service"] == "ledger")
        status = self.capture(page, {"targets": [pod], "type": "heap",
                                     "seconds": 0})
        self.assertEqual((status["state"], status["pods"]), ("done", 1), status)

    def capture(self, page, order):
        begun = page.json("/api/captures", "POST", json.dumps(order), 202)
        path = f"/api/captures/{begun['id']}"

        wait_until("the capture",
                   lambda: page.json(path)["state"] != "running", 60)
        return page.json(path)

    def test_captures_stay_in_the_history_and_are_compared(self):
        page = Page(self, "-n", NAMESPACE, "--no-save",
                    env=self.environment())
        targets = page.json("/api/targets")["targets"]
        pods = [f"{t['namespace']}/{t['pod']}" for t in targets
                if t["service"] == "cart"]
        self.assertEqual(len(pods), 3)
        order = {"targets": pods, "type": "heap", "seconds": 1}
        for number in ("1", "2"):
            status = self.capture(page, order)
            self.assertEqual(status["state"], "done", status)
            self.assertEqual(status["profile"], number)
            self.assertEqual(status["route"], "port-forward")
        profiles = page.json("/api/session")["profiles"]
        self.assertEqual(len(profiles), 2)
        page.json("/api/top?profile=2&base=1")

    def test_a_capture_that_runs_can_be_stopped(self):
        page = Page(self, "-n", NAMESPACE, "--no-save",
                    env=self.environment())
        begun = page.json("/api/captures", "POST", json.dumps(
            {"targets": [f"{NAMESPACE}/loopback"], "type": "cpu",
             "seconds": 30}), 202)
        path = f"/api/captures/{begun['id']}"
        wait_until("the pod", lambda: page.json(path)["pods"], 20)
        page.json(path, "DELETE")
        wait_until("the end", lambda: page.json(path)["state"] == "stopped", 10)

    def test_what_the_session_was_not_given_cannot_be_named(self):
        page = Page(self, "-n", NAMESPACE, "--no-save",
                    env=self.environment())
        for pod in ("kube-system/x", "x", "../x/y"):
            answer = page.ask("POST", "/api/captures",
                              json.dumps({"targets": [pod]}))
            self.assertEqual(answer.status, 400, pod)
