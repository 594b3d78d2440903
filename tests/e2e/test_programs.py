# SPDX-License-Identifier: MIT
"""Programs people run: etcd, Prometheus, and services with odd habits."""

import shutil
import urllib.parse

from harness.cache import Unavailable
from harness.case import Case
from harness.profiles import pprof_top


class Programs(Case):
    def captured(self, pod, *words, code=0):
        done = self.capture("-n", self.namespace, pod, "-o", "json", *words)
        self.assert_exit(done, code)
        return {row["type"]: row for row in done.json["profiles"]}

    def assert_opened(self, rows):
        for row in rows.values():
            if row["outcome"] == "stored":
                pprof_top(row["locations"][0])

    def test_etcd(self):
        etcd = urllib.parse.urlsplit(
            self.world.plane.environment()["PROFEFE_E2E_ETCD"])
        self.pod("etcd", etcd.hostname,
                 profefe={"enable": "true", "port": str(etcd.port)})
        rows = self.captured("etcd")
        self.assert_opened(rows)
        for kind in ("heap", "allocs", "goroutine", "threadcreate"):
            self.assertEqual(rows[kind]["outcome"], "stored", rows[kind])

    def test_prometheus(self):
        if not shutil.which("prometheus"):
            raise Unavailable("prometheus is not installed")
        ip = self.world.new_address()
        config = self.world.folder / "prometheus.yml"
        config.write_text("global: {}\n")
        self.world.start_program("prometheus", [
            "prometheus", f"--config.file={config}",
            f"--web.listen-address={ip}:9090",
            f"--storage.tsdb.path={self.world.folder}/tsdb"], ip, 9090)
        self.pod("prometheus", ip, ports={"web": 9090},
                 profefe={"enable": "true", "port": "web"})
        rows = self.captured("prometheus")
        self.assert_opened(rows)
        for kind in ("heap", "allocs", "goroutine"):
            self.assertEqual(rows[kind]["outcome"], "stored", rows[kind])

    def test_rates_left_off_make_skips_and_no_failures(self):
        self.pod("no-rates", self.demo("-no-block"))
        rows = self.captured("no-rates")
        for kind in ("block", "mutex"):
            self.assertEqual(rows[kind]["outcome"], "skipped", rows[kind])
            self.assertNotEqual(rows[kind]["reason"], "")
        self.assertEqual(rows["heap"]["outcome"], "stored")
        self.assertEqual(len(self.files()), 5)

    def test_a_login_page_is_no_profile(self):
        self.pod("login", self.demo("-login"))
        done = self.capture("-n", self.namespace, "login", "-o", "json",
                            "--profiles", "heap,goroutine")
        self.assert_exit(done, 1)
        for row in done.json["profiles"]:
            self.assertEqual(row["outcome"], "failed")
            self.assertIn("HTML", row["reason"])
        self.assertEqual(self.files(), [])

    def test_a_profile_that_does_not_exist_there_is_a_skip(self):
        ip = self.demo("-path", "/elsewhere")
        self.pod("elsewhere", ip)
        rows = self.captured("elsewhere", "--profiles", "heap,mutex", code=1)
        for row in rows.values():
            self.assertEqual(row["outcome"], "skipped")
            self.assertIn("404", row["reason"])

    def test_a_write_timeout_cuts_the_cpu_profile_only(self):
        ip = self.demo("-write-timeout", "1s")
        self.pod("cut", ip)
        rows = self.captured("cut", "--seconds", "2", code=3)
        self.assertEqual(rows.pop("cpu")["outcome"], "failed")
        self.assertEqual({row["outcome"] for row in rows.values()}, {"stored"})

    def test_two_captures_of_one_pod_take_turns(self):
        self.pod("shared", self.demo())
        words = ("capture", "-n", self.namespace, "--via", "pod-ip",
                 "--output-dir", self.scratch, "--seconds", "2", "--profiles",
                 "cpu", "shared")
        children = [self.spawn(*words) for _ in range(2)]
        for child in children:
            out, err = child.communicate(timeout=60)
            self.assertEqual(child.returncode, 0, out + err)
        self.assertEqual(len(self.files()), 2)
