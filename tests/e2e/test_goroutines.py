# SPDX-License-Identifier: MIT
"""goroutines: what every goroutine of one or all replicas does."""

import resource
import signal
import subprocess

from harness.binary import tool_path
from harness.cache import ROOT
from harness.case import Case
from harness.cluster_case import ClusterCase
from harness.workloads import NAMESPACE

DUMPS = ROOT / "tests/unit/goroutines/data"


def functions(group):
    return [frame["function"] for frame in group["frames"]]


def of_function(report, function):
    """The groups with that function in their stack."""
    return [group for group in report["groups"] if function in functions(group)]


class GoroutinesLocal(Case):
    """Files and standard input: no server is asked."""

    def show(self, *words, code=0, **run):
        done = self.tool("goroutines", *words,
                         env=self.environment(KUBECONFIG="/nowhere"), **run)
        self.assert_exit(done, code)
        return done

    def test_who_has_waited_for_minutes(self):
        path = DUMPS / "waited.txt"
        done = self.show(path, "--blocked-over", "2m", "--sort", "wait")
        self.assertIn(": 18 of 19 goroutines in 16 of 17 groups\n", done.out)
        self.assertIn("3 goroutines  chan receive  longest 3m\n", done.out)
        self.assertIn("locked to thread", done.out)
        self.assertNotIn("0x", done.out)
        done = self.show(path, "--blocked-over", "4m")
        self.assertIn(": 0 of 19 goroutines in 0 of 17 groups\n", done.out)

    def test_a_deadlock_is_found(self):
        done = self.show(DUMPS / "waited.txt", "--focus", r"sync\.\(\*Mutex",
                         "-o", "json")
        [group] = done.json["groups"]
        self.assertEqual(group["states"][0]["state"], "sync.Mutex.Lock")
        self.assertIn("main.(*worker[...]).deadlock", functions(group))
        self.assertEqual(group["created_by"]["function"], "main.start")

    def test_the_log_of_a_crash_from_standard_input(self):
        log = "I1130 09:00 starting\n" + (DUMPS / "quit.txt").read_text()
        done = self.show("-", "--focus", r"main\.", text=log)
        self.assertIn("standard input: ", done.out)
        self.assertIn("main.start.func7", done.out)

    def test_several_files_are_shown_together(self):
        done = self.show(DUMPS / "waited.txt", DUMPS / "panic.txt", "-o",
                         "json")
        [group] = of_function(done.json, "main.start.func3")
        self.assertEqual([row["count"] for row in group["sources"]], [1, 1])

    def test_a_dump_that_was_cut_off_is_noted(self):
        text = (DUMPS / "waited.txt").read_text()
        path = self.scratch / "cut"
        path.write_text(text[:text.index("created by") + 5])
        done = self.show(path)
        self.assertIn(f"{path}: the dump ends within a goroutine", done.err)
        self.assertIn("...the dump ends here...", done.out)

    def test_what_is_no_dump(self):
        pprof = ROOT / "tests/unit/pprof/data"
        for name, what in (("heap.pb.gz", "gzip"),
                           ("heap_text.txt", "heap profile")):
            done = self.show(pprof / name, code=1)
            self.assert_error(done, name, "not a goroutine dump", what)

    def test_a_huge_dump_takes_little_memory(self):
        """100,000 goroutines, some 60 MB."""
        frames = "".join(
            f"example.com/shop/internal/cart.(*Store).step{i}(0xc000{i:06x})\n"
            f"\t/src/example.com/shop/internal/cart/store.go:{i} +0x{i:x}\n"
            for i in range(5))
        path = self.scratch / "huge"
        with path.open("w") as file:
            for i in range(100_000):
                file.write(f"goroutine {i} [select, {i % 90} minutes]:\n"
                           f"{frames}\n")
        self.assertGreater(path.stat().st_size, 50_000_000)
        done = subprocess.run(
            [tool_path(), "goroutines", path], text=True, capture_output=True,
            preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_DATA, (40_000_000, 40_000_000)),
            env=self.environment(KUBECONFIG="/nowhere"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(": 100000 goroutines in 1 group\n", done.stdout)
        self.assertIn("longest 1h29m", done.stdout)


class GoroutinesLive(Case):
    """Pods, asked now."""

    @classmethod
    def prepare(cls):
        for index, ip in enumerate(cls.world.demos[:2]):
            cls.pod(f"api-{index}", ip, labels={"app": "api"})
        cls.pod("gone", "127.0.0.1", labels={"app": "broken"},
                profefe={"enable": "true", "port": "9"})
        cls.pod("login", cls.demo("-login"), labels={"app": "login"})

    def show(self, *words, code=0):
        done = self.tool("goroutines", "-n", self.namespace, "--via", "pod-ip",
                         *words)
        self.assert_exit(done, code)
        return done

    def show_at_rest(self, is_at_rest, *words):
        """Shown again until it is: now and then a goroutine works."""
        for _ in range(20):
            done = self.show(*words)
            if is_at_rest(done):
                break
        return done

    def test_replicas_are_counted_in_each_group(self):
        def is_at_rest(done):
            groups = of_function(done.json, "main.takeOrders")
            return [[state["state"] for state in group["states"]]
                    for group in groups] == [["chan receive"]]

        done = self.show_at_rest(is_at_rest, "-l", "app=api", "-o", "json")
        [group] = of_function(done.json, "main.takeOrders")
        self.assertEqual(group["count"], 2)
        self.assertEqual(group["states"][0]["state"], "chan receive")
        self.assertEqual(sorted((row["namespace"], row["pod"], row["count"])
                                for row in group["sources"]),
                         [(self.namespace, "api-0", 1),
                          (self.namespace, "api-1", 1)])
        self.assertEqual(group["created_by"]["function"], "main.startWork")
        self.assertGreater(group["frames"][0]["line"], 0)
        self.assertEqual({row["pod"] for row in group["goroutines"]},
                         {"api-0", "api-1"})
        total = sum(group["count"] for group in done.json["groups"])
        self.assertEqual(done.json["goroutines"], total)
        self.assertEqual(total, sum(source["goroutines"]
                                    for source in done.json["sources"]))

    def test_text_names_the_pods(self):
        done = self.show_at_rest(
            lambda done: "2 goroutines  chan receive" in done.out,
            "api-0", "pod/api-1", "--focus", "takeOrders")
        self.assertRegex(done.out, r"\A2 pods: 2 of \d+ goroutines in 1 of ")
        self.assertRegex(done.out, r"2 goroutines  chan receive  "
                         r"(longest \S+  )?\(pods: api-0 1, api-1 1\)\n")
        self.assertRegex(done.out,
                         r"created by main\.startWork +\S+/work\.go:\d+\n")

    def test_a_port_of_its_own_and_a_url(self):
        done = self.show("api-0:6060")
        self.assertTrue(done.out.startswith("pod/api-0: "), done.out)
        address = f"{self.world.demos[0]}:6060"
        for word in (f"http://{address}", f"{address}/debug/pprof/goroutine"):
            done = self.tool("goroutines", word)
            self.assert_exit(done, 0)
            self.assertIn("main.takeOrders", done.out)

    def test_a_pod_that_fails_is_noted_and_the_others_are_shown(self):
        done = self.show("-l", "app in (api,broken,login)", code=3)
        self.assertIn("main.takeOrders", done.out)
        self.assertIn("pod=gone", done.err)
        self.assertIn("refused", done.err)
        self.assertIn("not a goroutine dump but an HTML page: Sign in",
                      done.err)

    def test_no_dump_from_any_pod_is_a_failure(self):
        done = self.show("-l", "app=broken", code=1)
        self.assert_error(done, "no pod returned a goroutine dump")
        self.assert_error(self.show("nobody", code=1), "nobody")

    def test_more_than_the_limit_is_refused(self):
        done = self.show("api-0", "--max-profile-size", "1KiB", code=1)
        self.assertIn("--max-profile-size", done.err)

    def test_an_interrupt_ends_it(self):
        child = self.spawn("goroutines", "-", stdin=subprocess.PIPE)
        try:
            child.wait(1)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=10)
        self.assertEqual((child.returncode, out), (130, ""), err)


class GoroutinesInCluster(ClusterCase):
    """Real replicas, by every route."""

    def test_three_replicas_by_every_route(self):
        for route in ("pod-ip", "port-forward", "proxy"):
            with self.subTest(route):
                done = self.tool("goroutines", "-n", NAMESPACE, "-l",
                                 "app=cart", "--via", route, "-o", "json")
                self.assert_exit(done, 0)
                [group] = of_function(done.json, "main.takeOrders")
                self.assertEqual({row["pod"] for row in group["sources"]},
                                 set(self.pods("cart")))
                self.assertEqual(group["count"], 3)

    def test_targets_are_probed_by_every_route(self):
        for route in ("pod-ip", "port-forward", "proxy"):
            with self.subTest(route):
                done = self.tool("targets", "-n", NAMESPACE, "-l", "app=cart",
                                 "--probe", "--via", route, "-o", "json")
                self.assert_exit(done, 0)
                self.assertEqual(len(done.json["targets"]), 3)
                for target in done.json["targets"]:
                    self.assertEqual(target["via"], route)
                    counts = {row["name"]: row["count"]
                              for row in target["profiles"]}
                    self.assertGreater(counts["goroutine"], 3)
                    self.assertIn("cpu", counts)
