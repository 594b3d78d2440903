# SPDX-License-Identifier: MIT
"""targets: what would be captured, and for every other pod why not."""

import re

from harness.case import Case

ANNOTATED = {"enable": "true"}


class Targets(Case):
    @classmethod
    def prepare(cls):
        cls.pod("plain", "127.0.0.9")
        cls.pod("full", "127.0.0.9", ports={"pprof": 7070}, profefe={
            "enable": "true", "port": "pprof", "path": "/ops",
            "service": "shop"})
        cls.pod("not-annotated", profefe={})
        cls.pod("switched-off", profefe={"enable": "false"})
        cls.pod("misspelt-value", profefe={"enable": "True"})
        cls.pod("misspelt-key", profefe={"enabled": "true"})
        cls.pod("port-too-big", profefe={"enable": "true", "port": "99999"})
        cls.pod("port-unknown", profefe={"enable": "true", "port": "http"},
                ports={"web": 80})
        cls.pod("path-relative", profefe={"enable": "true", "path": "debug"})
        cls.pod("path-query", profefe={"enable": "true", "path": "/d?x=1"})
        cls.pod("pending", phase="Pending")
        cls.pod("no-ip", ip=None)
        cls.pod("finished", phase="Succeeded")
        cls.pod("terminating")
        cls.world.api.delete_pod(cls.namespace, "terminating", grace=3600)

    def test_every_reason_names_the_thing(self):
        targets, reasons = self.targets("-n", self.namespace)
        self.assertEqual(targets, ["full", "plain"])
        for pod, words in {
                "not-annotated": ["profefe.com/enable"],
                "switched-off": ["profefe.com/enable", "false"],
                "misspelt-value": ["profefe.com/enable", '"True"'],
                "misspelt-key": ["profefe.com/enabled"],
                "port-too-big": ["profefe.com/port", "99999", "65535"],
                "port-unknown": ["profefe.com/port", '"http"', "web"],
                "path-relative": ["profefe.com/path", '"debug"'],
                "path-query": ["profefe.com/path", "/d?x=1"],
                "pending": ["not running", "Pending"],
                "no-ip": ["IP"],
                "finished": ["not running", "Succeeded"],
                "terminating": ["terminating"]}.items():
            with self.subTest(pod):
                for word in words:
                    self.assertIn(word, reasons.get(pod, "(not listed)"))

    def test_targets_say_where_they_would_be_reached(self):
        done = self.tool("targets", "-n", self.namespace, "-o", "json")
        self.assertEqual(done.json["targets"], [
            {"namespace": self.namespace, "pod": "full", "service": "shop",
             "scheme": "http", "ip": "127.0.0.9", "port": 7070,
             "path": "/ops"},
            {"namespace": self.namespace, "pod": "plain", "service": "plain",
             "scheme": "http", "ip": "127.0.0.9", "port": 6060,
             "path": "/debug/pprof"}])

    def test_a_table_shows_both_kinds(self):
        done = self.tool("targets", "-n", self.namespace)
        self.assert_exit(done, 0)
        self.assertIn("plain", done.out)
        self.assertIn("terminating", done.out)

    def test_capture_asks_only_for_running_pods(self):
        done = self.capture("-n", self.namespace, "--profiles", "heap", "-o",
                            "json")
        named = {row["pod"] for key in ("profiles", "not_targets")
                 for row in done.json[key]}
        self.assertIn("plain", named)
        self.assertEqual(named & {"pending", "finished"}, set())

    def test_names_are_judged_without_the_annotation(self):
        targets, reasons = self.targets("-n", self.namespace, "not-annotated",
                                        "pending", "port-too-big")
        self.assertEqual(targets, ["not-annotated"])
        self.assertEqual(sorted(reasons), ["pending", "port-too-big"])

    def test_a_name_that_is_not_there_is_a_row(self):
        why = f'pod "nobody" not found in namespace "{self.namespace}"'
        names = ("-n", self.namespace, "nobody", "plain")
        done = self.tool("targets", *names)
        self.assert_exit(done, 3)
        self.assertRegex(done.out, rf"nobody +- +- +{re.escape(why)}\n")
        self.assertIn("http://127.0.0.9:6060/debug/pprof", done.out)
        done = self.tool("targets", *names, "-o", "name")
        self.assert_exit(done, 3)
        self.assertEqual(done.out, "pod/plain\n")
        self.assertIn(why, done.err)
        done = self.tool("targets", "-n", self.namespace, "nobody")
        self.assert_error(done, why)
        self.assertIn("  3    some of the named pods do not exist",
                      self.tool("targets", "--help").out)

    def test_a_misconfigured_pod_that_was_named_is_a_failure(self):
        done = self.capture("-n", self.namespace, "port-too-big")
        self.assert_exit(done, 1)
        self.assertIn("99999", done.out)


class TargetsProbe(Case):
    """--probe: what each target says it offers."""

    @classmethod
    def prepare(cls):
        cls.pod("api", cls.world.demos[0])
        cls.pod("closed", profefe={"enable": "true", "port": "9"})
        cls.pod("login", cls.demo("-login"))
        cls.pod("elsewhere", cls.demo("-path", "/ops"))
        cls.pod("off", profefe={})

    def probe(self, *words, code=0):
        done = self.tool("targets", "-n", self.namespace, "--probe", "--via",
                         "pod-ip", *words)
        self.assert_exit(done, code)
        return done

    def test_what_is_offered_and_why_nothing_is(self):
        done = self.probe("-o", "json", code=3)
        targets = {row["pod"]: row for row in done.json["targets"]}
        counts = {row["name"]: row["count"]
                  for row in targets["api"]["profiles"]}
        self.assertGreater(counts["goroutine"], 3)
        self.assertGreater(counts["heap"], 0)
        self.assertLessEqual({"cpu", "allocs", "trace", "mutex"}, set(counts))
        self.assertIn("refused", targets["closed"]["error"])
        self.assertIn("Sign in", targets["login"]["error"])
        self.assertIn("not offered (404)", targets["elsewhere"]["error"])
        self.assertEqual([row["pod"] for row in done.json["not_targets"]],
                         ["off"])

    def test_a_column_and_names(self):
        done = self.probe(code=3)
        self.assertRegex(done.out, r"api .*allocs \d+, .*goroutine \d+, heap \d")
        self.assertRegex(done.out, r"closed .* -  +.*refused")
        done = self.probe("-o", "name", code=3)
        self.assertEqual(done.out, "pod/api\n")
        self.assertIn("pod/closed: ", done.err)

    def test_exit_codes(self):
        self.probe("api")
        self.probe("closed", "login", code=1)
        self.probe("elsewhere", "--path", "/ops")

    def test_flags_of_a_probe_have_no_effect_without_it(self):
        done = self.tool("targets", "--timeout", "3s")
        self.assert_error(done, "--timeout has no effect without --probe",
                          code=2)


class TargetsSelection(Case):
    @classmethod
    def prepare(cls):
        cls.other = f"{cls.namespace}-other"
        for name, labels in {
                "a": {"tier": "web", "stage": "new"},
                "b": {"tier": "web"}, "c": {"tier": "db"}}.items():
            cls.pod(name, "127.0.0.9", labels={"suite": "sel", **labels},
                    node=f"sel-{name}")
        cls.pod("d", "127.0.0.9", labels={"suite": "sel"}, namespace=cls.other)

    def selected(self, *words):
        return self.targets("-l", "suite=sel", *words)[0]

    def in_namespace(self, selector):
        return self.targets("-n", self.namespace, "-l", selector)[0]

    def test_label_selectors_are_those_of_kubectl(self):
        for selector, pods in {
                "tier=web": ["a", "b"], "tier==db": ["c"],
                "tier!=web,suite=sel": ["c"], "tier in (db, x)": ["c"],
                "tier notin (db)": ["a", "b"], "stage": ["a"],
                "!stage": ["b", "c"], "tier=web,stage=new": ["a"]}.items():
            with self.subTest(selector):
                self.assertEqual(self.in_namespace(selector), pods)

    def test_namespaces(self):
        self.assertEqual(self.selected("-n", self.namespace), ["a", "b", "c"])
        self.assertEqual(self.selected("-n", self.other), ["d"])
        for everywhere in ("-A", "--all-namespaces"):
            self.assertEqual(sorted(self.selected(everywhere)),
                             ["a", "b", "c", "d"])

    def test_the_default_namespace_is_that_of_the_context(self):
        self.assertEqual(self.selected(), [])

    def test_a_selector_that_matches_nothing_is_named(self):
        done = self.tool("targets", "-n", self.other, "-l", "tier=none")
        self.assert_exit(done, 0)
        self.assertIn(f'note: no pods in namespace "{self.other}" that match '
                      "-l tier=none\n", done.err)

    def test_field_selectors_go_to_the_server(self):
        self.assertEqual(
            self.selected("-A", "--field-selector", "spec.nodeName=sel-b"),
            ["b"])
        self.assertEqual(
            self.selected("-A", "--field-selector",
                          f"metadata.namespace={self.other}"), ["d"])

    def test_a_field_the_server_does_not_know_is_its_error(self):
        done = self.tool("targets", "-A", "--field-selector", "spec.color=red")
        self.assert_error(done, "spec.color")

    def test_a_label_selector_the_server_refuses_is_its_error(self):
        done = self.tool("targets", "-A", "-l", "tier in (")
        self.assert_error(done, "unable to parse")


class Paging(Case):
    """More pods than fit into a page or two."""

    COUNT = 1210

    @classmethod
    def prepare(cls):
        cls.world.api.create_pods(cls.namespace, [
            {"name": f"p{i:04}", "ip": f"127.9.{i // 250}.{i % 250 + 1}",
             "annotations": {"profefe.com/enable": "true"} if i % 2 else {}}
            for i in range(cls.COUNT)])

    def test_every_page_counts_and_none_twice(self):
        for size in ("500", "77", "5000"):
            with self.subTest(chunk_size=size):
                targets, reasons = self.targets(
                    "-n", self.namespace, "--chunk-size", size)
                self.assertEqual(targets, [
                    f"p{i:04}" for i in range(1, self.COUNT, 2)])
                self.assertEqual(len(reasons), self.COUNT // 2)
