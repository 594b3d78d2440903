# SPDX-License-Identifier: MIT
"""What goes to stdout and stderr, and the exit codes."""

import json

from harness.case import Case


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
        for words in (["--no-such-flag"], ["--seconds", "soon"],
                      ["--profiles", "heat"], ["-o", "yaml"],
                      ["--via", "magic"], ["-A", "a-name"],
                      ["-l", "a=b", "deploy/x"]):
            with self.subTest(words):
                done = self.tool("capture", *words)
                self.assert_exit(done, 2)
                self.assertEqual(done.out, "")
                self.assertIn(words[0].lstrip("-"), done.err)

    def test_an_output_folder_that_is_not_there_is_an_error_at_once(self):
        done = self.tool("capture", "-n", self.namespace, "good",
                         "--output-dir", self.scratch / "nowhere")
        self.assert_error(done, "nowhere", "no such file")

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
