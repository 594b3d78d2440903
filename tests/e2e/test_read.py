# SPDX-License-Identifier: MIT
"""top, diff, merge and flame: where their profiles come from."""

import os
import signal
import subprocess
import time
import urllib.request

from harness.binary import tool_path
from harness.cache import ROOT
from harness.case import Case
from harness.daemons import wait_until
from harness.profiles import pprof_top, small_profile

DATA = ROOT / "tests/unit/pprof/data"


class ReadLocal(Case):
    """Files and standard input: no server is asked."""

    def alone(self):
        return self.environment(KUBECONFIG="/nowhere")

    def read(self, *words, code=0, **run):
        done = self.tool(*words, env=self.alone(), **run)
        self.assert_exit(done, code)
        return done

    def profile(self, name, value):
        path = self.scratch / name
        path.write_bytes(small_profile(value))
        return path

    def total(self, *words, **run):
        return self.read("top", "-o", "json", *words, **run).json["total"]

    def test_a_file_and_several_which_are_merged(self):
        one, two = self.profile("one.pb.gz", 3), self.profile("two.pb.gz", 4)
        self.assertEqual(self.total(one), 3)
        self.assertEqual(self.total(one, two), 7)

    def test_standard_input(self):
        path = self.profile("one.pb.gz", 5)
        done = subprocess.run([tool_path(), "top", "-o", "csv", "-"],
                              input=path.read_bytes(), env=self.alone(),
                              capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"main.work", done.stdout)

    def test_the_rows_that_n_asks_for(self):
        done = self.read("top", DATA / "cpu.pb.gz", "-r", "2", "-o", "json")
        self.assertEqual(len(done.json["rows"]), 2)

    def test_a_file_that_is_not_there_is_named(self):
        for name in ("nothing.pb.gz", "./nothing", "/no/such"):
            done = self.tool("top", name, env=self.alone())
            self.assert_error(done, f"open {name}", "no such file")

    def test_what_is_no_profile_is_said_to_be_what_it_is(self):
        path = self.scratch / "page"
        path.write_text("<html><title>502</title></html>")
        done = self.tool("top", path, env=self.alone())
        self.assert_error(done, str(path), "HTML")
        path.write_text("heap profile: 1: 2 [3: 4] @ heap/1048576\n1: 2\n")
        done = self.tool("top", path, env=self.alone())
        self.assert_error(done, str(path))

    def test_a_text_of_go_is_read(self):
        done = self.read("top", DATA / "heap_text.txt", "--sample-index",
                         "alloc_space")
        self.assertIn("17.15kB", done.out)

    def test_a_runtime_trace_is_named_with_what_opens_it(self):
        for command in ("top", "tree", "raw", "tags"):
            done = self.tool(command, DATA / "trace.trace", env=self.alone())
            self.assert_error(done, "trace.trace", "go tool trace")

    def test_profiles_that_cannot_be_added_up_are_refused(self):
        done = self.tool("top", DATA / "cpu.pb.gz", DATA / "heap.pb.gz",
                         env=self.alone())
        self.assert_exit(done, 2)
        self.assertIn("heap.pb.gz", done.err)

    def test_nothing_to_read_and_too_much_are_wrong_usage(self):
        path = self.profile("one.pb.gz", 1)
        for words in ((), (path, "-l", "app=api"), (path, "-A"),
                      (path, "--service", "api"), (self.scratch,),
                      (path, "--base", path, "--diff-base", path),
                      (path, "--normalize"),
                      (path, "--granularity", "words"), (path, "--focus", "(")):
            with self.subTest(words):
                done = self.tool("top", *words, env=self.alone())
                self.assert_error(done, code=2)

    def test_diff_fails_when_more_grew_than_is_allowed(self):
        old = self.profile("old.pb.gz", 1000)
        new = self.profile("new.pb.gz", 1150)
        self.read("diff", old, new, "--fail-over", "20%")
        self.read("diff", new, old, "--fail-over", "0%")
        done = self.read("diff", old, new, "--fail-over", "10%", code=3)
        self.assertIn("10%", done.out)
        done = self.read("diff", old, new, "--fail-function", "other=1%")
        self.assertIn("no function matches", done.err)
        self.read("diff", old, new, "--fail-function", "main=5%",
                  "--fail-noise", "20%")
        done = self.read("diff", old, new, "--fail-function", "main=5%", code=3)
        self.assertIn("main.work", done.out)
        done = self.read("diff", old, new, "--fail-over", "10%", "-o", "json",
                         code=3)
        self.assertEqual((done.json["base_total"], done.json["total"]),
                         (1000, 1150))
        self.assertEqual(len(done.json["violations"]), 1)
        for wrong in (["--fail-over=much"], ["--fail-function=main"],
                      ["--fail-over", ""], ["--fail-noise=some"],
                      ["--fail-over=1%", "--normalize"]):
            self.assert_exit(self.tool("diff", old, new, *wrong,
                                       env=self.alone()), 2)

    def test_an_error_does_not_steer_the_terminal(self):
        done = self.tool("top", "./\x1b[31mred", env=self.alone())
        self.assert_error(done, "open ./?[31mred", code=1)
        self.assertNotIn("\x1b", done.err)

    def test_traces_has_every_stack(self):
        done = self.read("traces", self.profile("one.pb.gz", 3))
        self.assertIn("main.work", done.out)

    def test_merge_writes_a_profile_that_pprof_reads(self):
        one, two = self.profile("one.pb.gz", 3), self.profile("two.pb.gz", 4)
        out = self.scratch / "all.pb.gz"
        done = self.read("merge", one, two, "-o", out)
        self.assertEqual(done.out, "")
        self.assertIn("main.work", pprof_top(out))
        self.assertEqual(self.total(out), 7)
        self.assertEqual(out.stat().st_mode & 0o777, 0o666 & ~_umask())

    def test_a_merge_keeps_what_the_filters_leave(self):
        """As pprof -proto does; what no sample names any more is left out."""
        ours, theirs = self.scratch / "ours.pb.gz", self.scratch / "theirs"
        words = ("--focus=main", "--hide=^runtime")
        self.read("merge", *words, DATA / "cpu.pb.gz", "-o", ours)
        subprocess.run(
            ["go", "tool", "pprof", "-proto", "-symbolize=none", "-focus=main",
             "-hide=^runtime", f"-output={theirs}", DATA / "cpu.pb.gz"],
            check=True, capture_output=True)
        self.assertEqual(pprof_top(ours), pprof_top(theirs))
        self.assertNotIn("runtime.", self.read("raw", ours).out)
        done = self.read("merge", "--focus=nothing_at_all",
                         DATA / "cpu.pb.gz", "-o", ours)
        self.assertIn("Focus expression matched no samples", done.err)
        done = self.tool("merge", "--focus=(", DATA / "cpu.pb.gz", "-o", ours,
                         env=self.alone())
        self.assert_error(done, "focus: ", code=2)

    def test_merge_to_standard_output(self):
        one = self.profile("one.pb.gz", 3)
        done = subprocess.run(
            [tool_path(), "merge", one, one, "-o", "-"], env=self.alone(),
            capture_output=True)
        path = self.scratch / "piped"
        path.write_bytes(done.stdout)
        self.assertEqual(self.total(path), 6)

    def test_a_merge_that_fails_leaves_the_old_file_alone(self):
        out = self.profile("all.pb.gz", 1)
        before = out.read_bytes()
        done = self.tool("merge", out, DATA / "trace.trace", "-o", out,
                         env=self.alone())
        self.assert_error(done, "trace")
        done = self.tool("merge", out, "-o", self.scratch / "no/such/folder",
                         env=self.alone())
        self.assert_error(done, "no/such/folder")
        self.assertEqual(out.read_bytes(), before)
        self.assertEqual(len(list(self.scratch.iterdir())), 1)

    def test_a_merged_profile_feeds_pgo(self):
        """By what `go build -pgo` reads profiles with."""
        out, read = self.scratch / "default.pgo", self.scratch / "read"
        self.read("merge", DATA / "cpu.pb.gz", DATA / "cpu.pb.gz", "-o", out)
        done = subprocess.run(["go", "tool", "preprofile", "-i", out, "-o",
                               read], text=True, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("main.", read.read_text())

    def test_flame_draws_what_the_name_says(self):
        for name, part in (("f.html", "<!DOCTYPE html>"), ("f.svg", "<svg"),
                           ("f.folded", "main.work 3")):
            path = self.scratch / name
            self.read("flame", self.profile("one.pb.gz", 3), "-o", path)
            self.assertIn(part.lower(), path.read_text().lower())
        done = self.tool("flame", self.scratch / "one.pb.gz", "-o",
                         self.scratch / "picture.png", env=self.alone())
        self.assert_error(done, "picture.png", code=2)
        done = self.tool("flame", self.scratch / "one.pb.gz",
                         env=self.alone())
        self.assert_error(done, "--open", code=2)

    def test_flame_opens_a_browser_without_a_shell(self):
        seen = self.scratch / "seen"
        browser = self.scratch / "my browser; exit 1"
        browser.write_text(f"#!/bin/sh\nprintf %s \"$1\" >'{seen}'\n")
        browser.chmod(0o755)
        page = self.scratch / "a page $(id).html"
        env = self.environment(KUBECONFIG="/nowhere", BROWSER=browser)
        done = self.tool("flame", self.profile("one.pb.gz", 3), "-o", page,
                         "--open", env=env)
        self.assert_exit(done, 0)
        wait_until("the browser", seen.exists, 5)
        self.assertEqual(seen.read_text(), str(page))
        env["BROWSER"] = "/no/such/browser"
        done = self.tool("flame", self.scratch / "one.pb.gz", "-o", page,
                         "--open", env=env)
        self.assert_error(done, "/no/such/browser", str(page))


class ReadProfefe(Case):
    """Ids, URLs and queries of profefe."""

    @classmethod
    def prepare(cls):
        cls.profefe = cls.world.profefe
        now = time.time_ns()
        for value in (3, 4, 5):
            status, body = cls.profefe.push(
                small_profile(value, now + value), service="read-me",
                type="heap")
            assert status == 200, body
        cls.rows = cls.profefe.rows("read-me")

    def top(self, *words, code=0):
        done = self.tool("top", "-o", "json", *words)
        self.assert_exit(done, code)
        return done

    def at(self):
        return ("--profefe-hostport", self.profefe.url)

    def test_an_id_and_the_url_that_get_prints(self):
        identity = self.rows[0]["id"]
        by_id = self.top(identity, *self.at()).json["total"]
        self.assertIn(by_id, (3, 4, 5))
        listed = self.tool("get", "profiles", "--service", "read-me", "-o",
                           "name", *self.at())
        totals = sorted(self.top(url).json["total"] for url in listed.lines)
        self.assertEqual(totals, [3, 4, 5])

    def test_several_ids_are_merged(self):
        ids = [row["id"] for row in self.rows]
        self.assertEqual(self.top(*ids, *self.at()).json["total"], 12)

    def test_of_snapshots_the_newest_counts_unless_asked_otherwise(self):
        query = ("--service", "read-me", *self.at(), "--profile-type", "heap")
        done = self.top(*query, "--from", "1h")
        self.assertEqual(done.json["total"], 5)
        self.assertIn("the newest of 3 heap profiles of 1 pod", done.err)
        self.assertIn("--sum", done.err)
        self.assertEqual(self.top(*query, "--sum").json["total"], 12)
        self.assertEqual(self.top(*query, "--average").json["total"], 4)
        table = self.tool("top", *query)
        self.assertIn("Profiles: the newest of 3 heap profiles of 1 pod",
                      table.out)
        done = self.top(*query, "--limit", "1")
        self.assertIn(done.json["total"], (3, 4, 5))

    def test_of_counters_the_increase_counts_and_cpu_is_summed(self):
        now = time.time_ns()
        stored = {"allocs": ("other", "profile_type=allocs,"), "cpu": ("cpu", "")}
        for kind, (own, label) in stored.items():
            for pod, values in {"a": (3, 10, 2), "b": (7,)}.items():
                for place, value in enumerate(values):
                    status, body = self.profefe.push(
                        small_profile(value, now - (9 - place) * 1_000_000_000),
                        service=f"counted-{kind}", type=own,
                        labels=f"{label}pod={pod}")
                    assert status == 200, body
        done = self.top("--service", "counted-allocs", *self.at(),
                        "--profile-type", "allocs")
        # From 3 to 10, again from 0 to 2, and the only one of b.
        self.assertEqual(done.json["total"], 7 + 2 + 7)
        done = self.top("--service", "counted-cpu", *self.at(), "--by", "pod")
        self.assertEqual(done.json["total"], 22)
        self.assertEqual(
            [(row["value"], row["total"]) for row in done.json["by"]["values"]],
            [("a", 15), ("b", 7)])

    def test_a_query_without_a_hit_is_an_error_that_says_so(self):
        done = self.tool("top", "--service", "read-me", *self.at())
        self.assert_error(done, "no cpu profiles of service read-me")
        done = self.tool("top", "--service", "nobody", "--profile-type",
                         "heap", *self.at())
        self.assert_error(done, "nobody")

    def test_an_id_that_is_not_there(self):
        missing = self.rows[0]["id"][:-2] + "zz"
        done = self.tool("top", missing, *self.at())
        self.assert_error(done, missing)
        url = f"{self.profefe.url}/api/0/profiles/{missing}"
        self.assert_error(self.tool("top", url), url)

    def test_a_server_that_is_gone(self):
        done = self.tool("top", "--service", "x", "--profefe-hostport",
                         "http://127.0.0.1:9")
        self.assert_error(done, "127.0.0.1:9", "refused")


class ReadLive(Case):
    """Pods, captured now."""

    @classmethod
    def prepare(cls):
        for index, ip in enumerate(cls.world.demos[:2]):
            cls.pod(f"api-{index}", ip, labels={"app": "api"})
        cls.pod("gone", "127.0.0.1", labels={"app": "broken"},
                profefe={"enable": "true", "port": "9"})

    def read(self, command, *words, code=0, **run):
        done = self.tool(command, "-n", self.namespace, "--via", "pod-ip",
                         "--seconds", "1", *words, **run)
        self.assert_exit(done, code)
        return done

    def test_what_is_hot_in_all_replicas_now(self):
        done = self.read("top", "-l", "app=api")
        self.assertIn("main.hash", done.out)
        self.assertIn("Type: cpu", done.out)
        self.assertIn("2 of 2 pods", done.err)

    def test_a_label_selects_pods_that_are_not_annotated(self):
        self.pod("plain", self.world.demos[0], labels={"app": "plain"},
                 profefe={})
        heap = ("--profile-type", "heap", "-o", "json")
        done = self.read("top", "-l", "app=plain", *heap)
        self.assertGreater(done.json["total"], 0)
        self.assertIn("not annotated", done.err)
        done = self.tool("top", "-n", self.namespace, "--via", "pod-ip", "-l",
                         "app=plain", "--annotated", *heap)
        self.assert_error(done, "nothing to profile", "annotation")
        done = self.tool("top", "-n", self.namespace, "--via", "pod-ip",
                         "plain", "--port", "9", *heap)
        self.assert_error(done, "no pod returned a heap profile")
        for words in (("pod/plain:6060",), ("plain", "--port", "6060", "--path",
                                            "/debug/pprof", "--scheme", "http")):
            self.read("top", *words, *heap)

    def test_which_pod_is_hot(self):
        done = self.read("top", "-l", "app=api", "--by", "pod", "-o", "json")
        rows = {row["value"]: row["total"]
                for row in done.json["by"]["values"]}
        self.assertEqual(set(rows), {"api-0", "api-1"})
        self.assertEqual(done.json["pods"], [f"{self.namespace}/api-0",
                                             f"{self.namespace}/api-1"])
        self.assertEqual(sum(rows.values()), done.json["total"])
        done = self.read("top", "-l", "app=api", "--tagfocus", "pod=api-1")
        self.assertIn("main.hash", done.out)
        done = self.tool("top", "-n", self.namespace, "--via", "pod-ip",
                         "--seconds", "1", "api-0", "--by", "team")
        self.assert_error(done, "--by", "use one of namespace, pod, service")

    def test_a_capture_is_kept_for_the_next_look(self):
        words = ("-l", "app=api", "--profile-type", "heap", "-o", "json")
        done = self.read("top", *words)
        self.assertIn("@last", done.err)
        again = self.tool("top", "@last", "-o", "json", "--sample-index",
                          "inuse_space")
        self.assert_exit(again, 0)
        self.assertEqual(again.json["total"], done.json["total"])
        state = self.scratch / ".local/state/kubectl-profefe"
        self.assertEqual(len(list(state.iterdir())), 1)
        self.assertEqual(state.stat().st_mode & 0o777, 0o700)
        self.read("top", *words, "--no-save")
        self.assertEqual(len(list(state.iterdir())), 1)
        self.assert_error(self.tool("diff", "@last~1", "@last"), "@last~1",
                          "only 1 saved capture")
        self.read("top", *words)
        self.assert_exit(self.tool("diff", "@last~1", "@last"), 0)

    def test_two_pods_are_compared_at_the_same_time(self):
        began = time.monotonic()
        done = self.read("diff", "pod/api-0", "pod/api-1", "--seconds", "3",
                         "-o", "json")
        self.assertLess(time.monotonic() - began, 5.5)
        self.assertGreater(done.json["base_total"], 0)
        self.assertGreater(done.json["total"], 0)

    def test_what_cannot_be_compared_is_said_before_the_capture(self):
        began = time.monotonic()
        done = self.tool("diff", "-n", self.namespace, "--via", "pod-ip",
                         DATA / "heap.pb.gz", "api-0", "--seconds", "20")
        self.assertLess(time.monotonic() - began, 10)
        self.assert_error(done, "--profile-type cpu: cannot be compared",
                          "inuse_space", code=2)

    def test_a_named_pod_and_another_type(self):
        for name in ("api-0", "pod/api-0"):
            done = self.read("top", name, "--profile-type", "heap", "-o",
                             "json")
            self.assertEqual(done.json["sample_type"], "inuse_space")

    def test_replicas_are_added_up(self):
        words = ("--profile-type", "goroutine", "-o", "json")
        one = self.read("top", "api-0", *words).json["total"]
        both = self.read("top", "api-0", "api-1", *words).json["total"]
        self.assertGreater(both, one)

    def test_pods_of_a_file_and_a_file_beside_pods(self):
        pods = self.kubectl("get", "pods", "-n", self.namespace, "-l",
                            "app=api", "-o", "json").out
        path = self.scratch / "pods.json"
        path.write_text(pods)
        done = self.tool("merge", "-f", path, "--profile-type", "heap", "-o",
                         self.scratch / "all.pb.gz",
                         env=self.environment(KUBECONFIG="/nowhere"))
        self.assert_exit(done, 0)
        done = self.read("diff", self.scratch / "all.pb.gz", "-l", "app=api",
                         "--profile-type", "heap", "-o", "json")
        self.assertGreater(done.json["base_total"], 0)

    def test_a_pod_that_fails_is_noted_and_the_others_are_shown(self):
        done = self.read("top", "-l", "app in (api,broken)", "--profile-type",
                         "heap", code=3)
        self.assertIn("Type: inuse_space", done.out)
        self.assertIn("pod=gone", done.err)
        self.assertIn("refused", done.err)

    def test_no_profile_from_any_pod_is_a_failure(self):
        done = self.tool("top", "-n", self.namespace, "--via", "pod-ip",
                         "-l", "app=broken", "--profile-type", "heap")
        self.assert_error(done, "no pod returned a heap profile")
        done = self.tool("top", "-n", self.namespace, "--via", "pod-ip",
                         "no-such-pod")
        self.assert_error(done, "no-such-pod")

    def test_an_interrupt_frees_the_profiler_and_shows_nothing(self):
        child = self.spawn("top", "-n", self.namespace, "--via", "pod-ip",
                           "--seconds", "30", "api-1")
        wait_until("the CPU profile", lambda: self.profiled("api-1"), 15)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=10)
        self.assertEqual((child.returncode, out), (130, ""), err)
        self.read("top", "api-1")

    def profiled(self, pod):
        """Whether somebody samples the CPU of a demo program now."""
        ip = self.world.demos[int(pod[-1])]
        url = f"http://{ip}:6060/debug/pprof/goroutine?debug=2"
        with urllib.request.urlopen(url) as answer:
            return b"profileWriter" in answer.read()


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask
