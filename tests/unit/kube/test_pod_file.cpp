// SPDX-License-Identifier: MIT
#include "kube/pod_file.hpp"
#include "kube/pods/pod_json.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::kube {
namespace {

/// As kubectl prints it: sorted keys, so `kind` comes after `items`.
constexpr const char* k_json_list = R"({
    "apiVersion": "v1",
    "items": [
        {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {
                "annotations": {
                    "kubectl.kubernetes.io/last-applied-configuration": "{}",
                    "profefe.com/enable": "true",
                    "profefe.com/port": "6061"
                },
                "creationTimestamp": "2026-11-23T06:00:00Z",
                "labels": {"app": "web", "name": "other"},
                "name": "web-0",
                "namespace": "shop",
                "ownerReferences": [{"kind": "StatefulSet", "name": "web",
                                     "uid": "owner"}],
                "uid": "6f0e9d7e-0001"
            },
            "spec": {
                "containers": [
                    {"env": [{"name": "A", "value": "b"}],
                     "name": "web",
                     "ports": [{"containerPort": 8080, "name": "http",
                                "protocol": "TCP"},
                               {"containerPort": 6061}]},
                    {"name": "second",
                     "ports": [{"containerPort": 53, "name": "dns",
                                "protocol": "UDP"}]}
                ],
                "hostNetwork": true,
                "initContainers": [
                    {"name": "sidecar", "restartPolicy": "Always",
                     "ports": [{"containerPort": 9090, "name": "pprof"}]}
                ],
                "nodeName": "node-1"
            },
            "status": {
                "conditions": [
                    {"status": "True", "type": "Initialized"},
                    {"status": "True", "type": "Ready"}
                ],
                "phase": "Running",
                "podIP": "10.1.2.3",
                "podIPs": [{"ip": "10.1.2.3"}, {"ip": "fd00::3"}]
            }
        },
        {
            "kind": "Pod",
            "metadata": {
                "deletionTimestamp": "2026-11-23T06:00:00Z",
                "name": "web-1",
                "namespace": "shop"
            },
            "spec": {"containers": [{"name": "c", "ports": null}]},
            "status": {
                "conditions": [{"status": "False", "type": "Ready"}],
                "phase": "Pending"
            }
        }
    ],
    "kind": "List",
    "metadata": {"resourceVersion": ""}
})";

constexpr const char* k_yaml_list = R"(apiVersion: v1
items:
- apiVersion: v1
  kind: Pod
  metadata:
    annotations:
      kubectl.kubernetes.io/last-applied-configuration: |
        {"kind": "Deployment"}
      profefe.com/enable: "true"
      profefe.com/port: "6061"
    labels: {app: web}
    name: web-0
    namespace: shop
    uid: 6f0e9d7e-0001
  spec:
    containers:
    - name: web
      ports:
      - containerPort: 8080
        name: http
        protocol: TCP
      - containerPort: 6061
    - name: second
      ports:
      - {containerPort: 53, name: dns, protocol: UDP}
    hostNetwork: true
    initContainers:
    - name: sidecar
      ports: [{containerPort: 9090, name: pprof}]
    nodeName: node-1
  status:
    conditions:
    - status: "True"
      type: Ready
    phase: Running
    podIP: 10.1.2.3
    podIPs:
    - ip: 10.1.2.3
    - ip: fd00::3
- kind: Pod
  metadata:
    deletionTimestamp: "2026-11-23T06:00:00Z"
    name: web-1
    namespace: shop
  spec:
    containers:
    - name: c
      ports: null
  status:
    conditions:
    - status: "False"
      type: Ready
    phase: Pending
kind: List
metadata:
  resourceVersion: ""
)";

std::string pod_json(const std::string& metadata,
                     const std::string& more = "") {
  return R"({"kind": "Pod", "metadata": )" + metadata + more + "}";
}

TEST_SUITE_BEGIN("kube::read_pods");

TEST_CASE("json and yaml of a list give the same pods") {
  for (const char* text : {k_json_list, k_yaml_list}) {
    CAPTURE(text);
    const Result<std::vector<Pod>> pods = read_pods(text, "pods");

    REQUIRE(pods);
    REQUIRE(pods->size() == 2);
    const Pod& first = pods->at(0);
    CHECK(first.ns == "shop");
    CHECK(first.name == "web-0");
    CHECK(first.uid == "6f0e9d7e-0001");
    CHECK(first.annotations.size() == 2);
    CHECK(first.annotations.at("profefe.com/enable") == "true");
    CHECK(first.annotations.at("profefe.com/port") == "6061");
    CHECK(first.phase == "Running");
    CHECK(first.ips == std::vector<std::string>{"10.1.2.3", "fd00::3"});
    CHECK_FALSE(first.terminating);
    REQUIRE(first.ports.size() == 4);
    CHECK(first.ports[0].name == "http");
    CHECK(first.ports[0].number == 8080);
    CHECK(first.ports[1].name.empty());
    CHECK(first.ports[1].number == 6061);
    CHECK(first.ports[1].protocol == "TCP");
    CHECK(first.ports[2].protocol == "UDP");
    CHECK(first.ports[3].name == "pprof");
    CHECK(first.ports[3].number == 9090);
    const Pod& second = pods->at(1);
    CHECK(second.name == "web-1");
    CHECK(second.terminating);
    CHECK(second.phase == "Pending");
    CHECK(second.ips.empty());
    CHECK(second.ports.empty());
    CHECK(second.annotations.empty());
  }
}

TEST_CASE("a pod may be alone, and its list empty") {
  const auto one =
      read_pods(pod_json(R"({"name": "a", "namespace": "b"})"), "f");
  REQUIRE(one);
  REQUIRE(one->size() == 1);
  CHECK(one->front().ns == "b");

  for (const char* text :
       {R"({"kind": "List", "items": []})", R"({"items": [], "kind": "List"})",
        R"({"kind": "PodList", "items": null})", R"({"items": []})",
        "apiVersion: v1\nitems: []\nkind: List\nmetadata: {}\n"}) {
    CAPTURE(text);
    const auto none = read_pods(text, "f");
    REQUIRE(none);
    CHECK(none->empty());
  }
}

TEST_CASE("yaml documents follow one another") {
  const auto pods = read_pods(
      "---\nkind: Pod\nmetadata: {name: a}\n---\nkind: List\nitems:\n"
      "- kind: Pod\n  metadata: {name: b, namespace: c}\n---\n",
      "f");

  REQUIRE(pods);
  REQUIRE(pods->size() == 2);
  CHECK(pods->at(0).ns == "default");
  CHECK(pods->at(1).name == "b");
}

TEST_CASE("json documents follow one another, however they are parted") {
  const std::string a = pod_json(R"({"name": "a"})");
  const std::string list =
      R"({"kind": "List", "items": [{"metadata": {"name": "b"}}]})";
  for (const char* between : {"", "\n", " \r\n\t"}) {
    CAPTURE(between);
    const auto pods = read_pods(a + between + list + between, "f");
    REQUIRE(pods);
    REQUIRE(pods->size() == 2);
    CHECK(pods->at(0).name == "a");
    CHECK(pods->at(1).name == "b");
  }
}

TEST_CASE("of a pod that is there twice the first is kept") {
  const auto pods = read_pods(
      pod_json(R"({"name": "a", "uid": "1"}, "status": {"phase": "Running"})") +
          R"({"kind": "List", "items": [
               {"metadata": {"name": "b"}},
               {"metadata": {"name": "a", "uid": "1"}},
               {"metadata": {"name": "b"}},
               {"metadata": {"name": "b", "namespace": "other"}},
               {"metadata": {"name": "a", "uid": "2"}}]})",
      "f");

  REQUIRE(pods);
  REQUIRE(pods->size() == 4);
  CHECK(pods->at(0).phase == "Running");
  CHECK(pods->at(1).name == "b");
  CHECK(pods->at(2).ns == "other");
  CHECK(pods->at(3).uid == "2");
}

TEST_CASE("values keep the text they are written with") {
  const auto pods = read_pods(
      "kind: Pod\nmetadata:\n  name: a\n  annotations:\n"
      "    profefe.com/enable: true\n    profefe.com/port: 06060\n"
      "    profefe.com/path: ~\n    profefe.com/service: \"~\"\n"
      "    profefe.com/other: null\n    other: x\n",
      "f");

  REQUIRE(pods);
  const auto& annotations = pods->front().annotations;
  CHECK(annotations.at("profefe.com/enable") == "true");
  CHECK(annotations.at("profefe.com/port") == "06060");
  CHECK(annotations.at("profefe.com/service") == "~");
  CHECK(annotations.size() == 3);

  const auto json = read_pods(pod_json(R"({"name": "a", "annotations":
                  {"profefe.com/enable": true, "profefe.com/port": 6060,
                   "profefe.com/x": -1, "profefe.com/y": 1.50}})"),
                              "f");
  REQUIRE(json);
  CHECK(json->front().annotations.at("profefe.com/enable") == "true");
  CHECK(json->front().annotations.at("profefe.com/port") == "6060");
  CHECK(json->front().annotations.at("profefe.com/x") == "-1");
  CHECK(json->front().annotations.at("profefe.com/y") == "1.50");
}

TEST_CASE("the primary address comes first, in whatever order they are read") {
  for (const char* status :
       {R"({"podIP": "10.0.0.1", "podIPs": [{"ip": "10.0.0.1"},
                                            {"ip": "fd00::1"}]})",
        R"({"podIPs": [{"ip": "fd00::1"}, {"ip": "10.0.0.1"}],
            "podIP": "10.0.0.1"})"}) {
    CAPTURE(status);
    const auto pods = read_pods(
        pod_json(R"({"name": "a"})", std::string(R"(, "status": )") + status),
        "f");
    REQUIRE(pods);
    CHECK(pods->front().ips == std::vector<std::string>{"10.0.0.1", "fd00::1"});
  }
  const auto none = read_pods(
      pod_json(R"({"name": "a"})",
               R"(, "status": {"podIP": "", "podIPs": [{"ip": ""}]})"),
      "f");
  REQUIRE(none);
  CHECK(none->front().ips.empty());
}

TEST_CASE("what is not a pod is refused by name") {
  struct Row {
    const char* name;
    std::string text;
    const char* message;
  };

  const Row rows[] = {
      {"empty", "",
       "pods.json: empty; expected the output of kubectl get pods -o json or "
       "-o yaml"},
      {"white space", " \n\n",
       "pods.json: empty; expected the output of kubectl get"},
      {"comment", "# nothing\n",
       "pods.json: empty; expected the output of kubectl get"},
      {"separators", "---\n---\n",
       "pods.json: empty; expected the output of kubectl get"},
      {"deployment", R"({"apiVersion": "apps/v1", "kind": "Deployment",
                         "metadata": {"name": "web"}})",
       "pods.json: Deployment \"web\": expected pods, as printed by kubectl "
       "get pods "
       "-o json or -o yaml"},
      {"deployment in yaml", "\nkind: Deployment\nmetadata:\n  name: web\n",
       "pods.json: document at line 2: Deployment \"web\": expected pods"},
      {"second document", "kind: Pod\nmetadata: {name: a}\n---\nkind: Job\n",
       "pods.json: document at line 4: Job: expected pods"},
      {"list of others", R"({"kind": "List", "items": [
          {"kind": "Pod", "metadata": {"name": "a"}},
          {"kind": "Service", "metadata": {"name": "b"}}]})",
       "pods.json: items[1] is Service \"b\": expected only pods"},
      {"list of others, nameless",
       R"({"items": [{"kind": "Service"}], "kind": "List"})",
       "pods.json: items[0] is Service in items[0]: expected only pods"},
      {"deployment list", R"({"kind": "DeploymentList", "items": [
          {"metadata": {"name": "a"}}]})",
       "pods.json: DeploymentList: expected pods"},
      {"deployment list, kind last", R"({"items": [
          {"metadata": {"name": "a"}}], "kind": "DeploymentList"})",
       "pods.json: DeploymentList: expected pods"},
      {"status", R"({"kind": "Status", "status": "Failure",
                     "metadata": {}})",
       "pods.json: Status: expected pods"},
      {"no kind", R"({"metadata": {"name": "a"}})",
       "pods.json: neither a Pod nor a List of Pods: no kind and no items"},
      {"text", "hello", "pods.json: document at line 1: expected an object"},
      {"number", "12", "pods.json: document at line 1: expected an object"},
      {"array", "[]", "pods.json: expected an object"},
      {"yaml list", "- a", "pods.json: document at line 1: expected an object"},
      {"items of text", R"({"kind": "List", "items": ["a"]})",
       "pods.json: items[0]: expected a Pod"},
      {"cut off", R"({"kind": "Pod", "metadata": {"na)",
       "pods.json: unexpected end of JSON after 32 bytes"},
      {"broken json", "{\n  \"kind\": \"Pod\",\n  oops\n}",
       "pods.json: line 3, column 3: invalid JSON"},
      {"junk after json", R"({"items": []} oops)",
       "pods.json: line 1, column 15: invalid JSON"},
      {"second json document broken", "{\"items\": []}\n\n {]",
       "pods.json: line 3, column 3: invalid JSON"},
      {"second json document cut off", "{\"items\": []}\n{",
       "pods.json: unexpected end of JSON after 15 bytes"},
      {"second json document", "{\"items\": []}\n\n{\"kind\": \"Job\"}",
       "pods.json: document at line 3: Job: expected pods"},
      {"broken yaml", "kind: Pod\nmetadata: [\n", "pods.json: line "},
      {"a quote never closed",
       "kind: Pod\nmetadata:\n  name: a\n  annotations:\n    a: \"b\n",
       "pods.json: line 6: found unexpected end of stream"},
      {"junk at the end", "kind: Pod\nmetadata:\n  name: a\njunk\n",
       "pods.json: line 4: "},
      {"alias", "kind: Pod\nmetadata: &m {name: a}\nother: *m\n",
       "pods.json: line 3: aliases are not supported here"},
      {"key of a map", "kind: Pod\n? {a: b}\n: c\n",
       "pods.json: line 2: a key is not text"},
      {"html", "<!DOCTYPE html>\n<html>\n</html>\n", "pods.json: "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto pods = read_pods(row.text, "pods.json");
    REQUIRE_FALSE(pods);
    CHECK(pods.error().kind == ErrorKind::malformed);
    INFO(pods.error().message);
    CHECK(pods.error().message.starts_with(row.message));
  }
}

TEST_CASE("names, addresses and ports that could do harm are defects") {
  struct Row {
    const char* name;
    std::string text;
    const char* pod;
    const char* defect;
  };

  const std::string a = R"({"name": "a"})";
  const Row rows[] = {
      {"no name", pod_json("{}"), "items[0]", "invalid name \"\""},
      {"no metadata", R"({"kind": "Pod"})", "items[0]", "invalid name \"\""},
      {"path", pod_json(R"({"name": "../../etc/x"})"), "../../etc/x",
       R"(invalid name "../../etc/x")"},
      {"upper case", pod_json(R"({"name": "Web"})"), "Web",
       R"(invalid name "Web")"},
      {"control bytes", pod_json(R"({"name": "a\u001b[2J"})"), "a?[2J",
       R"(invalid name "a?[2J")"},
      {"namespace", pod_json(R"({"name": "a", "namespace": "b/c"})"), "a",
       R"(invalid namespace "b/c")"},
      {"address", pod_json(a, R"(, "status": {"podIP": "evil.example:80/"})"),
       "a", R"(invalid pod IP "evil.example:80/")"},
      {"second address", pod_json(a, R"(, "status": {"podIP": "10.0.0.1",
                                   "podIPs": [{"ip": "x"}]})"),
       "a", R"(invalid pod IP "x")"},
      {"port", pod_json(a, R"(, "spec": {"containers": [
                            {"ports": [{"containerPort": 99999}]}]})"),
       "a", R"(invalid containerPort "99999")"},
      {"port of text", pod_json(a, R"(, "spec": {"initContainers": [
                            {"ports": [{"containerPort": "http"}]}]})"),
       "a", R"(invalid containerPort "http")"},
      {"no port", pod_json(a, R"(, "spec": {"containers": [{"ports": [{}]}]})"),
       "a", R"(invalid containerPort "")"},
      {"several", pod_json(R"({"name": "A"})", R"(, "status": {"podIP": "x"})"),
       "A", R"(invalid name "A")"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto pods = read_pods(row.text, "f");
    REQUIRE(pods);
    REQUIRE(pods->size() == 1);
    CHECK(pods->front().name == row.pod);
    CHECK(pods->front().defect == std::string("malformed pod: ") + row.defect);
    CHECK((pods->front().ips.empty() ||
           pods->front().ips == std::vector<std::string>{"10.0.0.1"}));
  }
}

TEST_CASE("a malformed pod harms no other of its list") {
  const auto pods = read_pods(
      R"({"kind": "List", "items": [{"metadata": {"name": "a"}}, {},
          {"metadata": {"name": "../b"}}, {"metadata": {"name": "c"}}]})",
      "f");

  REQUIRE(pods);
  REQUIRE(pods->size() == 4);
  CHECK(pods->at(0).defect.empty());
  CHECK(pods->at(1).name == "items[1]");
  CHECK_FALSE(pods->at(1).defect.empty());
  CHECK_FALSE(pods->at(2).defect.empty());
  CHECK(pods->at(3).name == "c");
  CHECK(pods->at(3).defect.empty());
}

std::vector<std::string> names_of(const Result<std::vector<Pod>>& pods) {
  std::vector<std::string> names;
  REQUIRE(pods);
  for (const Pod& pod : *pods) {
    names.push_back(pod.name);
  }
  return names;
}

TEST_CASE("documents may be JSON and YAML in turns, and apart by ---") {
  struct Row {
    const char* name;
    std::string text;
  };

  const std::string a = pod_json(R"({"name": "a"})");
  const std::string b = pod_json(R"({"name": "b"})");
  const std::string yaml_a = "kind: Pod\nmetadata:\n  name: a\n";
  const std::string yaml_b = "kind: Pod\nmetadata:\n  name: b\n";
  const Row rows[] = {
      {"between", a + "\n---\n" + b},
      {"first, between and last", "---\n" + a + "\n---\n" + b + "\n---\n"},
      {"several between", a + "\n---\n---\n\n---\n" + b},
      {"with blanks", a + "\n--- \t\n" + b},
      {"with CRLF", a + "\r\n---\r\n" + b + "\r\n"},
      {"with comments", "# a\n---\n" + a + "\n--- # b\n" + b},
      {"JSON, then YAML", a + "\n---\n" + yaml_b},
      {"YAML, then JSON", yaml_a + "---\n" + b},
      {"YAML with a directive", "%YAML 1.2\n---\n" + yaml_a + "---\n" + b},
      {"several in one", "---\n" + a + b + "\n---\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(names_of(read_pods(row.text, "f")) ==
          std::vector<std::string>{"a", "b"});
  }
}

TEST_CASE("what is wrong behind --- has the line of the file") {
  struct Row {
    const char* name;
    std::string text;
    const char* message;
  };

  const std::string a = pod_json(R"({"name": "a"})");
  const Row rows[] = {
      {"JSON", a + "\n---\n\n{]", "f: line 4, column 2: invalid JSON"},
      {"JSON cut off", a + "\n---\n{",
       "f: unexpected end of JSON after 1 bytes of the document at line 3"},
      {"YAML", a + "\n---\nkind: Pod\njunk\n", "f: line 4: "},
      {"another kind", a + "\n---\nkind: Job\n",
       "f: document at line 3: Job: expected pods"},
      {"another kind in JSON", a + "\n---\n\n{\"kind\": \"Job\"}",
       "f: document at line 3: Job: expected pods"},
      {"an alias", "---\n---\nkind: &k Pod\nx: *k\n",
       "f: line 4: aliases are not supported here"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto pods = read_pods(row.text, "f");
    REQUIRE_FALSE(pods);
    INFO(pods.error().message);
    CHECK(pods.error().message.starts_with(row.message));
  }
}

std::string utf16(std::string_view text) {
  std::string bytes = "\xff\xfe";
  for (const char c : text) {
    bytes += c;
    bytes += '\0';
  }
  return bytes;
}

TEST_CASE("a file in UTF-16 is read in every format and with any line end") {
  const std::string yaml =
      "kind: Pod\nmetadata:\n  name: b\nstatus:\n  podIP: 10.0.0.1";
  const std::string json =
      pod_json(R"({"name": "b"})", R"(, "status": {"podIP": "10.0.0.1"})");
  for (const std::string& text :
       {json, "---\n" + json, yaml, "---\r\n" + json + "\r\n",
        std::string("kind: Pod\r\nmetadata:\r\n  name: b\r\nstatus:\r\n"
                    "  podIP: 10.0.0.1\r\n")}) {
    CAPTURE(text);
    for (const std::string& file : {utf16(text), "\xef\xbb\xbf" + text}) {
      const auto pods = read_pods(file, "f");
      CHECK(names_of(pods) == std::vector<std::string>{"b"});
      CHECK(pods->front().ips == std::vector<std::string>{"10.0.0.1"});
    }
  }
}

TEST_CASE("a text cut anywhere gives an error or fewer documents, no crash") {
  for (const std::string text : {k_json_list, k_yaml_list}) {
    for (std::size_t length = 0; length < text.size(); ++length) {
      CAPTURE(length);
      const auto pods = read_pods(text.substr(0, length), "f");
      if (text.front() == '{') {
        CHECK_FALSE(pods);
      } else if (!pods) {
        CHECK(pods.error().kind == ErrorKind::malformed);
      }
    }
  }
}

TEST_CASE("deep nesting is passed over or refused, without a crash") {
  constexpr std::size_t k_depth = 200'000;
  const std::string deep =
      pod_json(R"({"name": "a"})", R"(, "x": )" + std::string(k_depth, '[') +
                                       std::string(k_depth, ']'));
  const auto json = read_pods(deep, "f");
  REQUIRE(json);
  CHECK(json->size() == 1);

  const auto yaml =
      read_pods("kind: Pod\nx: " + std::string(k_depth, '['), "f");
  REQUIRE_FALSE(yaml);
  CHECK(yaml.error().kind == ErrorKind::malformed);
}

TEST_CASE("a page names the next one and hands on pods as they are read") {
  std::vector<std::string> names;
  const auto keep = [&](Pod&& pod) { names.push_back(std::move(pod.name)); };

  const auto page = read_pods_json(
      R"({"kind": "PodList", "apiVersion": "v1",
          "metadata": {"resourceVersion": "1", "continue": "tok/en=",
                       "remainingItemCount": 7},
          "items": [{"metadata": {"name": "a", "continue": "no"}},
                    {"metadata": {"name": "b"}}]})",
      "page", keep);
  REQUIRE(page);
  CHECK(*page == "tok/en=");
  CHECK(names == std::vector<std::string>{"a", "b"});

  const auto last = read_pods_json(
      R"({"kind": "PodList", "metadata": {}, "items": []})", "page", keep);
  REQUIRE(last);
  CHECK(last->empty());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
