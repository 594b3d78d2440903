# SPDX-License-Identifier: MIT
"""What goes to stdout and stderr, and the exit codes."""

import json
import os
import pathlib
import re
import signal
import subprocess

from harness.binary import tool_path
from harness.case import Case
from harness.daemons import wait_until
from harness.terminal import run_on_terminal


class Output(Case):
    @classmethod
    def prepare(cls):
        cls.pod("good", cls.world.demos[0])
        cls.pod("dead", cls.world.new_address(), labels={"app": "dead"})

    def heap(self, *words):
        return self.capture("-n", self.namespace, "--profiles", "heap", *words)

    def test_a_table_is_the_default(self):
        done = self.heap("good")
        self.assert_exit(done, 0)
        header, row = done.lines[:2]
        for word in ("NAMESPACE", "POD", "PROFILE", "SIZE", "RESULT"):
            self.assertIn(word, header)
        [file] = self.files()
        for word in (self.namespace, "good", "heap", str(file)):
            self.assertIn(word, row)
        self.assertNotIn("\x1b", done.out + done.err)

    def test_wide_has_more_columns(self):
        table, wide = self.heap("good"), self.heap("good", "-o", "wide")
        self.assert_exit(wide, 0)
        self.assertLess(set(table.lines[0].split()),
                        set(wide.lines[0].split()))
        self.assertIn(f"{self.world.demos[0]}:6060", wide.lines[1])

    def test_name_prints_paths_and_nothing_else(self):
        done = self.heap("good", "-o", "name")
        self.assert_exit(done, 0)
        [file] = self.files()
        self.assertEqual(done.out, f"{file}\n")

    def test_json_is_one_object_with_a_row_per_profile(self):
        done = self.heap("good", "-o", "json")
        self.assert_exit(done, 0)
        report = done.json
        self.assertEqual(report["targets"], 1)
        self.assertEqual(report["summary"], {
            "stored": 1, "skipped": 0, "failed": 0, "interrupted": 0})
        [row] = report["profiles"]
        [file] = self.files()
        self.assertEqual(row["bytes"], file.stat().st_size)
        self.assertEqual(row["locations"], [str(file)])
        self.assertEqual(
            {key: row[key] for key in ("namespace", "pod", "service", "type",
                                       "via", "outcome")},
            {"namespace": self.namespace, "pod": "good", "service": "good",
             "type": "heap", "via": "pod-ip", "outcome": "stored"})

    def test_a_failing_pod_is_a_row_and_exit_3(self):
        done = self.heap("-o", "json")
        self.assert_exit(done, 3)
        rows = {row["pod"]: row for row in done.json["profiles"]}
        self.assertEqual(rows["good"]["outcome"], "stored")
        self.assertEqual(rows["dead"]["outcome"], "failed")
        self.assertIn("refused", rows["dead"]["reason"])

    def test_when_everything_failed_the_exit_code_is_1(self):
        done = self.heap("dead", "-o", "json")
        self.assert_exit(done, 1)
        self.assertEqual(done.json["summary"]["stored"], 0)

    def test_usage_errors_are_exit_2_and_say_what_is_wrong(self):
        for words, told in {
                ("--no-such-flag",): ["--no-such-flag"],
                ("--seconds", "soon"): ["--seconds", "soon"],
                ("--profiles", "heat"): ["--profiles", '"heat"', "heap"],
                ("-o", "yaml"): ["--output", '"yaml"', "json"],
                ("--via", "magic"): ["--via", "magic", "port-forward"],
                ("-A", "a-name"): ["cannot be combined with -A", "use -n"],
                ("-l", "a=b", "a-name"): ["cannot be combined with -l"],
                ("deploy/x",): ['"deploy/x"', "is not a pod"],
                ("--output-dir", ""): ["--output-dir", "empty"],
                ("-f", ""): ["--filename", "empty"],
                ("--profefe-hostport", ""): ["--profefe-hostport", "empty"],
                ("--chunk-size", "-1"): ["--chunk-size", "-1"],
                ("--target-header", "Content-Length: 1"):
                    ["--target-header", "Content-Length"]}.items():
            with self.subTest(words):
                done = self.tool("capture", *words)
                self.assert_exit(done, 2)
                self.assertEqual(done.out, "")
                for part in told:
                    self.assertIn(part, done.err)

    def test_a_standard_stream_that_is_closed_is_an_error(self):
        for redirection, words, told in (
                ("<&-", "top -", "read standard input"),
                (">&-", "version", "write standard output")):
            with self.subTest(redirection):
                done = subprocess.run(
                    ["bash", "-c", f'exec "$0" {words} {redirection}',
                     tool_path()], text=True, timeout=20, capture_output=True)
                self.assertEqual(done.returncode, 1)
                self.assertIn(told, done.stderr)

    def test_an_interrupt_ends_the_wait_for_standard_input(self):
        for words in (["top", "-"], ["load", "--service", "x", "-"]):
            with self.subTest(words):
                child = subprocess.Popen(
                    [tool_path(), *words], stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                status = pathlib.Path(f"/proc/{child.pid}/status")
                caught = 1 << (signal.SIGINT - 1)
                wait_until("SIGINT to be caught", lambda: caught & int(
                    re.search(r"SigCgt:\s*(\w+)", status.read_text())[1], 16))
                child.send_signal(signal.SIGINT)
                self.assertEqual(child.wait(timeout=20), 130)
                child.communicate()

    def test_an_output_folder_is_made_and_one_that_cannot_be_is_said(self):
        folder = self.scratch / "new/folder"
        done = self.tool("capture", "-n", self.namespace, "good", "--via",
                         "pod-ip", "--profiles", "heap", "--output-dir", folder)
        self.assert_exit(done, 0)
        self.assertEqual(len(list(folder.iterdir())), 1)
        done = self.tool("capture", "-n", self.namespace, "good",
                         "--output-dir", "/dev/null/x")
        self.assert_error(done, "/dev/null/x", "Not a directory")

    def test_a_full_disk_fails_the_profile_and_leaves_no_half_file(self):
        if os.getuid() != 0:
            self.skipTest("mounting a small disk needs root")
        disk = self.scratch / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs",
                        disk], check=True)
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        (disk / "filler").write_bytes(bytes(12 * 1024))
        done = self.tool(
            "capture", "-n", self.namespace, "--via", "pod-ip", "--profiles",
            "goroutine,heap,allocs", "-o", "json", "--output-dir", disk, "good")
        self.assertIn(done.code, (1, 3), done.err)
        failed = [row for row in done.json["profiles"]
                  if row["outcome"] == "failed"]
        self.assertTrue(failed)
        for row in failed:
            self.assertIn("no space left on device", row["reason"])
            self.assertIn(str(disk), row["reason"])
        stored = [row for row in done.json["profiles"]
                  if row["outcome"] == "stored"]
        self.assertEqual(len(list(disk.iterdir())), 1 + len(stored))

    def capture_to(self, out):
        """A capture whose results go to the file `out`; its messages."""
        return subprocess.run(
            [tool_path(), "capture", "-n", self.namespace, "--via", "pod-ip",
             "--profiles", "heap", "--output-dir", self.scratch, "good"],
            env=self.environment(), text=True, stdout=out,
            stderr=subprocess.PIPE, timeout=60)

    def test_results_that_cannot_be_printed_are_an_error_and_still_counted(
            self):
        reader, writer = os.pipe()
        os.close(reader)
        # A closed pipe is no error, but what SIGPIPE makes of other programs.
        for out, code, error in (
                (os.fdopen(writer, "wb"), 141, ""),
                (open("/dev/full", "wb"), 1, "error: write standard output: "
                                             "no space left on device\n")):
            with self.subTest(code=code), out:
                done = self.capture_to(out)
                self.assertEqual(done.returncode, code)
                self.assertEqual(
                    [line for line in done.stderr.splitlines(keepends=True)
                     if line.startswith("error")], [error] if error else [])
                self.assertIn("stored 1, skipped 0, failed 0; 1 pod",
                              done.stderr)
        self.assertEqual(len(self.files()), 2)

    def test_help_that_cannot_be_printed_is_an_error(self):
        for word in ("--help", "--version"):
            with self.subTest(word), open("/dev/full", "wb") as full:
                done = subprocess.run([tool_path(), word], stdout=full,
                                      stderr=subprocess.PIPE)
                self.assertEqual(done.returncode, 1)

    def on_terminal(self, **environment):
        """What a terminal of 60 columns shows of a capture."""
        code, shown = run_on_terminal(
            [tool_path(), "capture", "-n", self.namespace, "--via", "pod-ip",
             "--profiles", "heap", "--output-dir", self.scratch],
            env=self.environment(**environment))
        self.assertEqual(code, 3)
        return shown.decode()

    def test_a_terminal_gets_progress_and_colour_and_nothing_cut(self):
        shown = self.on_terminal()
        [file] = self.files()
        self.assertIn("/2 profiles, ", shown)
        self.assertIn("\x1b[31m", shown)
        self.assertIn(str(file), shown)
        self.assertNotIn("…", shown)

    def test_no_color_is_honoured(self):
        shown = self.on_terminal(NO_COLOR="1")
        self.assertNotIn("\x1b[3", shown)
        self.assertIn("/2 profiles, ", shown)

    def test_without_a_terminal_there_is_no_progress(self):
        done = self.heap("good")
        self.assertNotIn("/1 profiles", done.err)

    def test_help_everywhere_and_version_need_no_cluster(self):
        alone = self.environment(KUBECONFIG=None)
        for command in ("capture", "collect", "targets", "get", "load",
                        "version"):
            done = self.tool(command, "--help", env=alone)
            self.assert_exit(done, 0)
            self.assertIn(command, done.out)
        done = self.tool("version", env=alone)
        self.assert_exit(done, 0)
        self.assertIn("libcurl", done.out)

    def test_targets_as_json_have_the_documented_keys(self):
        done = self.tool("targets", "-n", self.namespace, "-o", "json")
        self.assert_exit(done, 0)
        row = json.loads(done.out)["targets"][0]
        self.assertEqual(set(row), {"namespace", "pod", "service", "scheme",
                                    "ip", "port", "path"})
