# SPDX-License-Identifier: MIT
"""capture: profiles of annotated pods into files."""

import re
import time

from harness.case import Case
from harness.profiles import pprof_top, trace_events

KINDS = ["cpu", "heap", "allocs", "block", "mutex", "goroutine",
         "threadcreate"]
# What `go tool pprof` calls the default sample type of each kind.
SHOWN = {"cpu": "cpu", "heap": "inuse_space", "allocs": "alloc_space",
         "block": "delay", "mutex": "delay", "goroutine": "goroutine",
         "threadcreate": "threadcreate"}


class Capture(Case):
    @classmethod
    def prepare(cls):
        for name, ip in zip("abc", cls.world.demos):
            cls.pod(f"web-{name}", ip, labels={"app": "web", "one": name},
                    node=f"node-{name}")
        cls.pod("quiet", cls.world.demos[0], profefe={})

    def captured(self, *words):
        """The profiles of a capture with -o json that must succeed."""
        done = self.capture("-n", self.namespace, "-o", "json", *words)
        self.assert_exit(done, 0)
        return done.json["profiles"]

    def timed(self, *words):
        """Seconds that a capture of CPU profiles took, and the profiles."""
        began = time.monotonic()
        rows = self.captured("--profiles", "cpu", *words)
        return time.monotonic() - began, rows

    def pods_of(self, *words):
        rows = self.captured("--profiles", "goroutine", *words)
        return [row["pod"] for row in rows]

    def test_every_kind_is_a_file_that_go_tool_pprof_opens(self):
        rows = self.captured("web-a")
        self.assertEqual([row["type"] for row in rows], KINDS)
        for row in rows:
            with self.subTest(row["type"]):
                self.assertEqual(row["outcome"], "stored", row)
                [path] = row["locations"]
                top = pprof_top(path)
                self.assertIn(f"Type: {SHOWN[row['type']]}", top)

    def test_profiles_show_what_the_program_does(self):
        found = {row["type"]: pprof_top(row["locations"][0])
                 for row in self.captured("web-a")}
        self.assertIn("main.hash", found["cpu"])
        self.assertIn("main.remember", found["heap"])
        self.assertIn("main.remember", found["allocs"])
        self.assertIn("sync.(*Mutex)", found["block"] + found["mutex"])

    def test_trace_is_captured_when_asked_for(self):
        [row] = self.captured("web-a", "--profiles", "trace")
        [path] = row["locations"]
        self.assertTrue(path.endswith(".trace"), path)
        self.assertIn("Goroutine", trace_events(path))

    def test_files_are_private_complete_and_named_as_documented(self):
        before = int(time.time())
        self.captured("web-a", "--profiles", "heap")
        [file] = self.files()
        name = re.fullmatch(
            rf"profile-heap-{self.namespace}_web-a-(\d+)\.pb\.gz", file.name)
        self.assertTrue(name, file.name)
        self.assertLessEqual(before, int(name[1]))
        self.assertLessEqual(int(name[1]), int(time.time()))
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertEqual(list(self.scratch.glob(".*")), [])

    def test_a_second_capture_overwrites_nothing(self):
        for _ in range(3):
            self.captured("web-a", "--profiles", "heap")
        self.assertEqual(len(self.files()), 3)

    def test_v_shows_decisions_and_requests_and_leaves_results_alone(self):
        quiet = self.capture("-n", self.namespace, "web-a", "-o", "name",
                             "--profiles", "heap")
        self.assertNotIn("debug:", quiet.err)
        loud = self.capture("-n", self.namespace, "web-a", "-o", "name",
                            "--profiles", "heap", "-v=6")
        self.assert_exit(loud, 0)
        self.assertNotIn("debug:", loud.out)
        self.assertRegex(loud.err, r"debug: API server https://\S+ \(")
        self.assertRegex(
            loud.err, r"debug: GET https://\S+/pods/web-a: 200, .* in ")
        self.assertRegex(
            loud.err, r"debug: GET http://\S+/debug/pprof/heap\S*: 200, ")

    def test_only_the_kinds_asked_for_are_fetched(self):
        rows = self.captured("web-a", "--profiles", "goroutine,heap")
        self.assertEqual([r["type"] for r in rows], ["goroutine", "heap"])
        self.assertEqual(len(self.files()), 2)

    def test_every_annotated_pod_of_the_namespace_is_captured(self):
        self.assertEqual(self.pods_of(), ["web-a", "web-b", "web-c"])

    def test_labels_select(self):
        self.assertEqual(self.pods_of("-l", "one in (a,c)"),
                         ["web-a", "web-c"])

    def test_fields_select(self):
        self.assertEqual(
            self.pods_of("--field-selector", "spec.nodeName=node-b"),
            ["web-b"])

    def test_names_select_in_both_spellings(self):
        self.assertEqual(self.pods_of("web-b", "pod/web-c"),
                         ["web-b", "web-c"])

    def test_a_pod_that_is_named_twice_is_profiled_once(self):
        self.assertEqual(self.pods_of("web-b", "pod/web-b", "web-b"),
                         ["web-b"])

    def test_a_named_pod_that_cannot_be_captured_is_a_failure(self):
        self.pod("not-yet", phase="Pending")
        done = self.capture("-n", self.namespace, "not-yet")
        self.assert_exit(done, 1)
        self.assertIn("failed: not running (Pending)", done.out)
        done = self.capture("-n", self.namespace, "not-yet", "web-a",
                            "--profiles", "heap")
        self.assert_exit(done, 3)

    def test_a_pod_without_any_profile_is_asked_about_its_path(self):
        self.pod("lost", self.world.demos[0],
                 profefe={"enable": "true", "path": "/nowhere", "prot": "1"})
        done = self.capture("-n", self.namespace, "lost", "--profiles",
                            "heap,goroutine")
        self.assert_exit(done, 1)
        self.assertIn("the annotation profefe.com/path", done.err)
        self.assertIn("did you mean profefe.com/port?", done.err)
        self.world.api.delete_pod(self.namespace, "lost")

    def test_a_named_pod_needs_no_annotation(self):
        done = self.capture("-n", self.namespace, "quiet", "--profiles",
                            "heap")
        self.assert_exit(done, 0)
        self.assertEqual(len(self.files()), 1)
        self.assertIn("profefe.com/enable", done.err)

    def test_pods_are_profiled_at_the_same_time(self):
        took, rows = self.timed("--seconds", "2")
        self.assertEqual(len(rows), 3)
        self.assertLess(took, sum(row["duration_seconds"] for row in rows))

    def test_concurrency_bounds_how_many_at_once(self):
        took, rows = self.timed("--concurrency", "1")
        self.assertGreater(took, sum(row["duration_seconds"] for row in rows))

    def test_all_namespaces_keep_two_pods_of_one_name_apart(self):
        for name, ip in zip(("left", "right"), self.world.demos):
            self.pod("twin", ip, namespace=f"{self.namespace}-{name}",
                     labels={"app": "twin"})
        done = self.capture("-A", "-l", "app=twin", "--profiles", "heap")
        self.assert_exit(done, 0)
        names = [file.name.rpartition("-")[0] for file in self.files()]
        self.assertEqual(names, [
            f"profile-heap-{self.namespace}-left_twin",
            f"profile-heap-{self.namespace}-right_twin"])

    def test_a_pod_that_is_not_there_is_named(self):
        done = self.capture("-n", self.namespace, "nobody")
        self.assert_exit(done, 1)
        self.assertIn("nobody", done.err)
        self.assertEqual(self.files(), [])

    def test_a_pod_that_is_not_there_harms_no_other(self):
        done = self.capture("-n", self.namespace, "nobody", "web-b", "no-one",
                            "web-a", "--profiles", "heap", "-o", "json")
        self.assert_exit(done, 3)
        self.assertEqual([row["pod"] for row in done.json["profiles"]],
                         ["web-b", "web-a"])
        self.assertEqual(len(self.files()), 2)
        self.assertEqual(done.json["not_targets"], [
            {"namespace": self.namespace, "pod": pod, "outcome": "failed",
             "reason": f'pod "{pod}" not found in namespace '
                       f'"{self.namespace}"'} for pod in ("nobody", "no-one")])

    def test_no_pod_to_capture_is_an_error_that_points_to_targets(self):
        done = self.capture("-n", self.namespace, "--field-selector",
                            "metadata.name=quiet")
        self.assert_error(
            done, f'1 running pod in namespace "{self.namespace}" that '
            "matches --field-selector metadata.name=quiet, without the "
            "annotation profefe.com/enable", "`kubectl profefe targets`")

    def test_no_pod_at_all_is_an_error_that_says_where(self):
        done = self.capture("-n", "nothing-here", "-l", "app=none")
        self.assert_error(done, 'no running pods in namespace "nothing-here" '
                          "that match -l app=none")
        self.assertNotIn("profefe.com/enable", done.err)


class CaptureAnnotations(Case):
    def reached(self, pod):
        done = self.capture("-n", self.namespace, pod, "--profiles", "heap")
        self.assert_exit(done, 0)
        self.assertEqual(len(self.files()), 1)

    def test_port_as_a_number_and_as_a_name(self):
        ip = self.demo(port=7070)
        self.pod("number", ip, profefe={"enable": "true", "port": "7070"})
        self.pod("name", ip, ports={"http": 80, "pprof": 7070},
                 profefe={"enable": "true", "port": "pprof"})
        for pod in ("number", "name"):
            done = self.capture("-n", self.namespace, pod, "--profiles",
                                "heap")
            self.assert_exit(done, 0)
        self.assertEqual(len(self.files()), 2)

    def test_path(self):
        ip = self.demo("-path", "/ops/pprof")
        self.pod("path", ip, profefe={"enable": "true", "path": "/ops/pprof"})
        self.reached("path")
        self.pod("slash", ip,
                 profefe={"enable": "true", "path": "/ops/pprof/"})
        done = self.capture("-n", self.namespace, "slash", "--profiles", "cpu")
        self.assert_exit(done, 0)

    def test_service_names_the_rows(self):
        self.pod("svc", self.world.demos[0],
                 profefe={"enable": "true", "service": "shop"})
        done = self.capture("-n", self.namespace, "svc", "--profiles", "heap",
                            "-o", "json")
        self.assertEqual(done.json["profiles"][0]["service"], "shop")
