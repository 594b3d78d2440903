# SPDX-License-Identifier: MIT
"""profefe: what is pushed, found again and loaded."""

import datetime
import hashlib
import os
import subprocess
import urllib.parse
import urllib.request

from harness.binary import tool_path
from harness.case import Case
from harness.profiles import pprof_top

STORED_AS = {"cpu": "cpu", "heap": "heap", "allocs": "other",
             "block": "block", "mutex": "mutex", "goroutine": "goroutine",
             "threadcreate": "threadcreate"}


class Profefe(Case):
    @classmethod
    def prepare(cls):
        cls.profefe = cls.world.profefe
        cls.pod("web-1", cls.world.demos[0],
                profefe={"enable": "true", "service": "shop"})
        cls.pod("solo", cls.world.demos[1])

    def push(self, *words, code=0):
        done = self.tool("capture", "-n", self.namespace, "--via", "pod-ip",
                         "--seconds", "1", "--profefe-hostport",
                         self.profefe.url, "-o", "json", *words)
        self.assert_exit(done, code)
        return done.json["profiles"]

    def get(self, *words):
        return self.tool("get", *words, "--profefe-hostport",
                         self.profefe.url)

    def fetched(self, row):
        """The bytes behind the location of a row."""
        with urllib.request.urlopen(row["locations"][0]) as answer:
            return answer.read()

    def test_pushed_bytes_are_got_back_as_they_were(self):
        rows = self.push("web-1", "--output-dir", self.scratch)
        self.assertEqual(len(rows), len(STORED_AS))
        for row in rows:
            with self.subTest(row["type"]):
                file, url = sorted(row["locations"])
                self.assertTrue(url.startswith(
                    f"{self.profefe.url}/api/0/profiles/"), url)
                with open(file, "rb") as ours:
                    self.assertEqual(ours.read(),
                                     urllib.request.urlopen(url).read())

    def test_both_sinks_open_with_go_tool_pprof(self):
        [row] = self.push("web-1", "--profiles", "cpu")
        path = self.scratch / "got.pb.gz"
        path.write_bytes(self.fetched(row))
        self.assertIn("main.hash", pprof_top(path))

    def test_labels_and_service_are_those_documented(self):
        self.push("--profiles", "heap")
        [row] = [r for r in self.profefe.rows("shop", type="heap")][-1:]
        self.assertEqual(row["labels"], [
            {"key": "from", "value": "kube-profefe"},
            {"key": "namespace", "value": self.namespace},
            {"key": "pod", "value": "web-1"}])
        row = self.profefe.rows("solo", type="heap")[-1]
        self.assertEqual(row["labels"], [
            {"key": "from", "value": "kube-profefe"},
            {"key": "namespace", "value": self.namespace}])

    def test_every_kind_is_stored_under_its_type_and_allocs_found_again(self):
        service = "all-kinds"
        self.pod("kinds", self.world.demos[2],
                 profefe={"enable": "true", "service": service})
        rows = self.push("kinds")
        self.assertEqual(
            sorted(row["type"] for row in self.profefe.rows(service)),
            sorted(STORED_AS.values()))
        done = self.get("profiles", "--service", service, "--profile-type",
                        "allocs", "-o", "json")
        self.assert_exit(done, 0)
        [found] = done.json
        [pushed] = [row for row in rows if row["type"] == "allocs"]
        self.assertIn(found["id"], urllib.parse.unquote(
            pushed["locations"][0]))

    def test_odd_names_survive_the_escaping(self):
        service = "a b/c,d=e&f%20+g"
        self.pod("odd", self.world.demos[2],
                 profefe={"enable": "true", "service": service})
        self.push("odd", "--profiles", "heap")
        [row] = self.profefe.rows(service)
        self.assertEqual(row["service"], service)

    def test_traces_are_pushed_too(self):
        [row] = self.push("web-1", "--profiles", "trace")
        self.assertTrue(self.fetched(row).startswith(b"go 1."))

    def test_services_are_listed(self):
        self.push("--profiles", "heap")
        done = self.get("services")
        self.assert_exit(done, 0)
        self.assertIn("shop", done.out)
        done = self.get("services", "-o", "json")
        self.assertLessEqual({"shop", "solo"}, set(done.json))

    def test_profiles_are_found_by_service_type_and_time(self):
        self.push("--profiles", "heap,goroutine")

        def types(*words):
            done = self.get("profiles", "-o", "json", *words)
            self.assert_exit(done, 0)
            return {row["type"] for row in done.json}
        self.assertLessEqual({"heap", "goroutine"},
                             types("--service", "shop"))
        self.assertEqual(types("--service", "solo", "--profile-type", "heap"),
                         {"heap"})
        for ago in ("24h", "-24h", _ago(hours=1)):
            self.assertIn("heap", types("--service", "shop", "--from", ago))
        self.assertEqual(types("--service", "shop", "--to", "20h"), set())

    def test_a_profile_of_this_second_is_found_at_once(self):
        """profefe compares to the nanosecond, queries have whole seconds."""
        service = "just-now"
        self.pod("now", self.world.demos[2],
                 profefe={"enable": "true", "service": service})
        self.push("now", "--profiles", "heap")
        done = self.get("profiles", "--service", service, "-o", "json")
        self.assertEqual([row["service"] for row in done.json], [service])

    def test_an_empty_result_is_an_empty_list(self):
        done = self.get("profiles", "--service", "nobody", "-o", "json")
        self.assert_exit(done, 0)
        self.assertEqual(done.json, [])

    def test_profile_types_need_no_server(self):
        done = self.tool("get", "profile-types")
        self.assert_exit(done, 0)
        for kind in STORED_AS:
            self.assertIn(kind, done.out.split())

    def test_load_sends_files_of_every_kind(self):
        done = self.capture("-n", self.namespace, "web-1", "-o", "json",
                            "--profiles", "all")
        self.assert_exit(done, 0)
        for row in done.json["profiles"]:
            with self.subTest(row["type"]):
                self.assert_loaded(row["type"], row["locations"][0])

    def assert_loaded(self, kind, path):
        """The file's content tells its kind: its name says nothing."""
        neutral = self.scratch / "profile.bin"
        os.replace(path, neutral)
        loaded = self.tool(
            "load", neutral, "--service", "loaded", "--label", f"kind={kind}",
            "--profefe-hostport", self.profefe.url)
        self.assert_exit(loaded, 0)
        self.assertIn(f" type={kind} ", loaded.out)
        row = self.assert_stored("loaded", f"kind={kind}",
                                 neutral.read_bytes())
        self.assertEqual(row["type"], STORED_AS.get(kind, kind))
        labels = {label["key"]: label["value"] for label in row["labels"]}
        self.assertEqual(labels.get("profile_type"),
                         "allocs" if kind == "allocs" else None)

    def assert_stored(self, service, labels, content):
        [row] = self.profefe.rows(service, labels=labels)
        got = self.profefe.fetch(row["id"])
        self.assertEqual(hashlib.sha256(got).hexdigest(),
                         hashlib.sha256(content).hexdigest())
        return row

    def test_load_takes_no_type_that_could_not_be_asked_for(self):
        done = self.tool("load", "x", "--service", "s", "--profile-type",
                         "hep", "--profefe-hostport", self.profefe.url)
        self.assert_error(done, "--profile-type", '"hep"', "heap", code=2)

    def test_load_ends_when_nobody_reads_its_urls(self):
        done = self.capture("-n", self.namespace, "web-1", "--profiles",
                            "heap", "-o", "name")
        path = done.out.strip()
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "wb") as out:
            done = subprocess.run(
                [tool_path(), "load", path, path, "--service", "unread",
                 "--profefe-hostport", self.profefe.url], stdout=out,
                stderr=subprocess.PIPE, env=self.environment(), timeout=60)
        self.assertEqual((done.returncode, done.stderr), (141, b""))
        self.assertEqual(len(self.profefe.rows("unread")), 1)

    def test_load_refuses_what_is_no_profile(self):
        path = self.scratch / "page.html"
        path.write_text("<html>")
        done = self.tool("load", path, "--service", "x", "--profefe-hostport",
                         self.profefe.url)
        self.assert_error(done, str(path))

    def test_a_server_that_is_gone_is_said_before_any_sampling(self):
        dead = "http://127.0.0.1:9"
        done = self.tool("capture", "-n", self.namespace, "solo", "--via",
                         "pod-ip", "--profiles", "heap", "--profefe-hostport",
                         dead, "--delivery-patience", "0", "-o", "json")
        self.assert_error(done, dead, "refused")
        done = self.tool("get", "services", "--profefe-hostport", dead)
        self.assert_error(done, dead, "refused")


class Collector(Case):
    """kprofefe: the same binary by another name."""

    @classmethod
    def prepare(cls):
        cls.profefe = cls.world.profefe
        cls.pod("worker", cls.world.demos[0])

    def test_one_round_pushes_and_prints_a_line_per_profile(self):
        before = len(self.profefe.rows("worker"))
        done = self.tool(
            "-n", self.namespace, "--seconds", "1", "--via", "pod-ip",
            "--profefe-hostport", self.profefe.url, argv0="kprofefe")
        self.assert_exit(done, 0)
        self.assertEqual(len(done.lines), 7)
        for line in done.lines:
            self.assertRegex(line, rf"^{self.profefe.url}/api/0/profiles/\S+ "
                             rf"type=\w+ namespace={self.namespace} "
                             r"pod=worker$")
        self.assertEqual(len(self.profefe.rows("worker")) - before, 7)

    def test_collect_is_the_same_by_its_long_name(self):
        done = self.tool(
            "collect", "-n", self.namespace, "--seconds", "1", "--via",
            "pod-ip", "--profiles", "heap", "--profefe-hostport",
            self.profefe.url)
        self.assert_exit(done, 0)
        self.assertEqual(len(done.lines), 1)

    def test_a_round_without_pods_is_no_failure(self):
        done = self.tool("collect", "-n", "nothing-here", "--profefe-hostport",
                         self.profefe.url)
        self.assert_exit(done, 0)
        self.assertIn("nothing-here", done.err)


def _ago(**span):
    moment = datetime.datetime.now(datetime.timezone.utc)
    return (moment - datetime.timedelta(**span)).strftime("%Y-%m-%dT%H:%M:%SZ")
