# SPDX-License-Identifier: MIT
"""-f: pods as `kubectl get pods -o json|yaml` prints them."""

import json
import subprocess

from harness.case import Case


class PodsFile(Case):
    @classmethod
    def prepare(cls):
        binaries = cls.world.plane.environment()["PROFEFE_E2E_KUBE_BIN"]
        cls.kubectl = f"{binaries}/kubectl"
        for name, ip in zip(("one", "two"), cls.world.demos):
            cls.pod(name, ip, labels={"app": name})
        cls.pod("three", cls.world.demos[2], profefe={},
                labels={"app": "three"})

    def printed(self, *words):
        """What kubectl prints for pods of this namespace."""
        return subprocess.run(
            [self.kubectl, "get", "pods", "-n", self.namespace, *words],
            env=self.environment(), check=True, text=True,
            stdout=subprocess.PIPE).stdout

    def alone(self):
        """No cluster within reach."""
        return self.environment(KUBECONFIG="/nowhere")

    def capture_from(self, *words, text=None):
        return self.tool(
            "capture", "--seconds", "1", "--profiles", "heap", "-o", "json",
            "--output-dir", self.scratch, *words, env=self.alone(), text=text)

    def assert_captured(self, done, *pods):
        self.assert_exit(done, 0)
        self.assertEqual([row["pod"] for row in done.json["profiles"]],
                         list(pods))
        self.assertEqual({row["via"] for row in done.json["profiles"]},
                         {"pod-ip"})

    def test_json_and_yaml_from_a_file(self):
        for kind in ("json", "yaml"):
            with self.subTest(kind):
                path = self.scratch / f"pods.{kind}"
                path.write_text(self.printed("-o", kind))
                self.assert_captured(self.capture_from("-f", path), "one",
                                     "two")

    def test_json_and_yaml_from_standard_input(self):
        for kind in ("json", "yaml"):
            with self.subTest(kind):
                done = self.capture_from("-f", "-",
                                         text=self.printed("-o", kind))
                self.assert_captured(done, "one", "two")

    def test_what_windows_powershell_writes(self):
        for kind in ("json", "yaml"):
            for mark, encoding in ((b"\xff\xfe", "utf-16-le"),
                                   (b"\xfe\xff", "utf-16-be"),
                                   (b"\xef\xbb\xbf", "utf-8")):
                with self.subTest(f"{kind} in {encoding}"):
                    text = self.printed("-o", kind).replace("\n", "\r\n")
                    path = self.scratch / f"pods.{kind}"
                    path.write_bytes(mark + text.encode(encoding))
                    self.assert_captured(self.capture_from("-f", path), "one",
                                         "two")

    def test_documents_of_both_formats_in_one_file(self):
        json_pods, yaml_pods = (
            self.printed("-l", f"app={name}", "-o", kind)
            for name, kind in (("one", "json"), ("two", "yaml")))
        for text in (f"{json_pods}---\n{yaml_pods}",
                     f"---\n{json_pods}--- # the other\n{yaml_pods}---\n"):
            path = self.scratch / "pods"
            path.write_text(text)
            self.assert_captured(self.capture_from("-f", path), "one", "two")

    def test_a_malformed_pod_is_a_row_and_harms_no_other(self):
        pods = json.loads(self.printed("-o", "json"))
        broken = json.loads(json.dumps(pods["items"][0]))
        broken["metadata"]["name"] = "../broken"
        pods["items"].insert(0, broken)
        path = self.scratch / "pods.json"
        path.write_text(json.dumps(pods))
        done = self.capture_from("-f", path)
        self.assert_exit(done, 3)
        self.assertEqual([row["pod"] for row in done.json["profiles"]],
                         ["one", "two"])
        self.assertEqual([row["pod"] for row in done.json["not_targets"]],
                         ["../broken"])

    def test_one_pod_object(self):
        for kind in ("json", "yaml"):
            with self.subTest(kind):
                text = self.printed("one", "-o", kind)
                self.assert_captured(self.capture_from("-f", "-", text=text),
                                     "one")

    def test_documents_follow_one_another_and_a_pod_counts_once(self):
        for kind in ("json", "yaml"):
            with self.subTest(kind):
                text = ("---\n" if kind == "yaml" else "").join(
                    self.printed(*words, "-o", kind)
                    for words in (["two"], ["one"], []))
                self.assert_captured(self.capture_from("-f", "-", text=text),
                                     "two", "one")

    def test_names_select_there_too(self):
        text = self.printed("-o", "json")
        self.assert_captured(
            self.capture_from("-f", "-", "three", text=text), "three")

    def test_a_name_that_is_not_there_harms_no_other(self):
        done = self.capture_from("-f", "-", "two", "nobody", "one",
                                 text=self.printed("-o", "json"))
        self.assert_exit(done, 3)
        self.assertEqual([row["pod"] for row in done.json["profiles"]],
                         ["two", "one"])
        [row] = done.json["not_targets"]
        self.assertEqual(row["pod"], "nobody")
        self.assertIn("not found among the 3 pods in the file", row["reason"])

    def test_a_namespace_is_read_as_kubectl_reads_it(self):
        text = self.printed("-o", "json")
        for spelt in (self.namespace, f"ns/{self.namespace}"):
            self.assert_captured(
                self.capture_from("-f", "-", "-n", spelt, text=text),
                "one", "two")
        done = self.capture_from("-f", "-", "-n", "elsewhere", text=text)
        self.assert_error(done, 'namespace "elsewhere" of standard input')
        done = self.capture_from("-f", "-", "-n", "elsewhere", "one",
                                 text=text)
        self.assert_error(done, '"one" not found in namespace "elsewhere"')
        done = self.capture_from("-f", "-", "-n", "No_Name", text=text)
        self.assert_error(done, '"No_Name"', code=2)

    def test_selectors_are_for_the_api_server_only(self):
        done = self.capture_from("-f", "-", "-l", "app=two", text="{}")
        self.assert_error(done, "-f", code=2)

    def test_targets_reads_files_and_says_why_not(self):
        done = self.tool("targets", "-o", "json", "-f", "-", env=self.alone(),
                         text=self.printed("-o", "yaml"))
        self.assert_exit(done, 0)
        self.assertEqual([r["pod"] for r in done.json["targets"]],
                         ["one", "two"])
        self.assertEqual([r["pod"] for r in done.json["not_targets"]],
                         ["three"])

    def test_what_is_no_list_of_pods_is_refused_by_name(self):
        path = self.scratch / "pods.json"
        for content in ("", "{", "[1, 2]", json.dumps({"kind": "Service"}),
                        "a: [b", "<html>"):
            with self.subTest(content):
                path.write_text(content)
                done = self.capture_from("-f", path)
                self.assert_error(done, str(path))

    def test_a_file_that_is_not_there_is_named(self):
        self.assert_error(self.capture_from("-f", "/no/pods.json"),
                          "/no/pods.json", "no such file")
