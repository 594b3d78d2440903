// SPDX-License-Identifier: MIT
#include "kube/kubeconfig.hpp"
#include "kube/kubeconfig_file.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

namespace kprofefe::kube {
namespace {

using kprofefe::test::Scratch;

constexpr const char* k_full = R"(
apiVersion: v1
kind: Config
preferences: {}
current-context: dev
clusters:
- name: c
  cluster:
    server: https://host:6443/prefix
    tls-server-name: kubernetes
    certificate-authority: pki/ca.crt
    extensions:
    - name: client.authentication.k8s.io/exec
      extension: {a: b}
- name: i
  cluster: {server: "https://i", insecure-skip-tls-verify: true, certificate-authority-data: Zm9v, disable-compression: true}
users:
- name: u
  user:
    client-certificate: /abs/u.crt
    client-key: ../u.key
    tokenFile: token
- name: n
  user: {token: 12345, client-certificate-data: Zm9v, client-key-data: YmFy}
contexts:
- name: dev
  context: {cluster: c, user: u, namespace: web}
)";

TEST_SUITE_BEGIN("kube::kubeconfig");

TEST_CASE("the fields of a kubeconfig are read") {
  const Result<Kubeconfig> config = parse_kubeconfig(k_full, "/etc/k/config");

  REQUIRE(config);
  CHECK(config->current_context == "dev");
  CHECK(config->current_context_file == "/etc/k/config");
  const Cluster& c = config->clusters.at("c");
  CHECK(c.file == "/etc/k/config");
  CHECK(c.server == "https://host:6443/prefix");
  CHECK(c.tls_server_name == "kubernetes");
  CHECK_FALSE(c.insecure);
  CHECK(c.unsupported.empty());
  const Cluster& i = config->clusters.at("i");
  CHECK(i.insecure);
  CHECK(i.ca_data == "Zm9v");
  CHECK(i.unsupported.empty());
  const User& n = config->users.at("n");
  CHECK(n.token == "12345");
  CHECK(n.cert_data == "Zm9v");
  CHECK(n.key_data == "YmFy");
  const Context& dev = config->contexts.at("dev");
  CHECK(dev.cluster == "c");
  CHECK(dev.user == "u");
  CHECK(dev.ns == "web");
}

TEST_CASE("relative paths are relative to the kubeconfig's folder") {
  const Result<Kubeconfig> config = parse_kubeconfig(k_full, "/etc/k/config");

  REQUIRE(config);
  CHECK(config->clusters.at("c").ca_file == "/etc/k/pki/ca.crt");
  CHECK(config->users.at("u").cert_file == "/abs/u.crt");
  CHECK(config->users.at("u").key_file == "/etc/k/../u.key");
  CHECK(config->users.at("u").token_file == "/etc/k/token");

  const Result<Kubeconfig> here = parse_kubeconfig(k_full, "config");
  REQUIRE(here);
  CHECK(here->clusters.at("c").ca_file == "pki/ca.crt");
}

TEST_CASE("an empty kubeconfig is an empty configuration") {
  for (const char* text :
       {"", "\n", "# nothing\n", "---\n", "{}", "apiVersion: v1\nkind: Config",
        "clusters: null\nusers: []\ncontexts:\ncurrent-context: \"\""}) {
    CAPTURE(text);
    const Result<Kubeconfig> config = parse_kubeconfig(text, "f");
    REQUIRE(config);
    CHECK(config->empty());
  }
}

TEST_CASE("json, anchors and unknown fields are as good") {
  const Result<Kubeconfig> json = parse_kubeconfig(
      R"({"kind":"Config","clusters":[{"name":"c","cluster":{"server":"s"}}]})",
      "f");
  REQUIRE(json);
  CHECK(json->clusters.at("c").server == "s");

  const Result<Kubeconfig> anchors = parse_kubeconfig(
      "clusters:\n- name: a\n  cluster: &x {server: s}\n- name: b\n"
      "  cluster: *x\nfuture: [1, {a: b}]\n",
      "f");
  REQUIRE(anchors);
  CHECK(anchors->clusters.at("b").server == "s");
}

TEST_CASE("fields that we cannot honour are kept by name") {
  struct Row {
    const char* user;
    std::vector<std::string> names;
  };

  const Row rows[] = {
      {"{exec: {command: aws}}", {"exec"}},
      {"{auth-provider: {name: gcp}}", {"auth-provider"}},
      {"{username: a, password: b}", {"username", "password"}},
      {"{as: jane}", {"as"}},
      {"{as: jane, as-uid: x, as-groups: [a], as-user-extra: {a: [b]}}",
       {"as", "as-uid", "as-groups", "as-user-extra"}},
      {"{exec: null, as: '', as-groups: [], token: t}", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.user);
    const Result<Kubeconfig> config = parse_kubeconfig(
        std::string("users: [{name: u, user: ") + row.user + "}]", "f");
    REQUIRE(config);
    CHECK(config->users.at("u").unsupported == row.names);
  }
  const Result<Kubeconfig> proxied = parse_kubeconfig(
      "clusters: [{name: c, cluster: {server: s, proxy-url: 'http://p'}}, "
      "{name: d, cluster: {server: s, proxy-url: ''}}]",
      "f");
  REQUIRE(proxied);
  CHECK(proxied->clusters.at("c").unsupported ==
        std::vector<std::string>{"proxy-url"});
  CHECK(proxied->clusters.at("d").unsupported.empty());
}

TEST_CASE("what is no kubeconfig is an error with file and line") {
  struct Row {
    const char* name;
    const char* text;
    const char* message;
  };

  const Row rows[] = {
      {"broken yaml", "a: b\nc: [", "line 2: "},
      {"tab", "a:\n\tb: c", "line 2: "},
      {"not a mapping", "hello", "line 1: expected a kubeconfig"},
      {"list", "- a", "line 1: expected a kubeconfig"},
      {"another kind", "kind: Pod", R"(line 1: kind is "Pod", not "Config")"},
      {"another version", "apiVersion: v2",
       R"(line 1: apiVersion is "v2", not "v1")"},
      {"no list", "x: 1\nclusters: {a: b}",
       "line 2: clusters: expected a list"},
      {"no entry", "clusters:\n- a", "line 2: expected name and cluster"},
      {"no mapping", "users:\n- name: a\n  user: b",
       "line 3: user: expected a mapping"},
      {"no text", "clusters:\n- name: a\n  cluster:\n    server: [a]",
       "line 4: server: expected text"},
      {"quoted bool",
       "clusters:\n- name: a\n  cluster:\n"
       "    insecure-skip-tls-verify: \"true\"",
       "line 4: insecure-skip-tls-verify: expected true or false"},
      {"wrong bool",
       "clusters: [{name: a, cluster: {insecure-skip-tls-verify: 1}}]",
       "line 1: insecure-skip-tls-verify: expected true or false"},
      {"duplicate",
       "contexts:\n- name: a\n  context: {}\n- name: a\n  context: {}",
       "line 4: duplicate context name \"a\""},
      {"unknown alias", "a: *nothing", "line 1: "},
      {"html", "<!DOCTYPE html>\n<html>", "line 1: "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Result<Kubeconfig> config = parse_kubeconfig(row.text, "/x/config");
    REQUIRE_FALSE(config);
    CHECK(config.error().kind == ErrorKind::config);
    INFO(config.error().message);
    CHECK(config.error().message.starts_with(
        std::string("error loading config file \"/x/config\": ") +
        row.message));
  }
}

TEST_CASE("deep nesting and odd bytes end in an error, not in a crash") {
  for (const std::string& text :
       {std::string(100'000, '['), std::string(100'000, '{'),
        std::string("a: \0b", 5), std::string("\xff\xfe\x00", 3),
        std::string("clusters: [{[a]: b}]")}) {
    const Result<Kubeconfig> config = parse_kubeconfig(text, "f");
    if (!config) {
      CHECK(config.error().kind == ErrorKind::config);
    }
  }
}

std::string named(const char* server, const char* context) {
  return std::string("clusters: [{name: c, cluster: {server: ") + server +
         ", certificate-authority: ca.crt}}]\ncurrent-context: " + context;
}

TEST_CASE("an explicit path is the only file, and must exist") {
  const Scratch scratch;
  Env env;
  env.variables["KUBECONFIG"] = scratch.write("other", named("two", "y"));
  env.variables["HOME"] = scratch.path();
  const std::string path = scratch.write("one", named("one", "x"));

  const Result<Kubeconfig> config = load_kubeconfig(path, env);
  REQUIRE(config);
  CHECK(config->clusters.at("c").server == "one");
  CHECK(config->current_context == "x");
  CHECK(config->files == std::vector{path});

  const Result<Kubeconfig> missing = load_kubeconfig(scratch / "nope", env);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::not_found);
  CHECK(missing.error().message.find(scratch / "nope") != std::string::npos);
  CHECK(missing.error().message.ends_with("no such file or directory"));
}

TEST_CASE("of several files the first wins, a whole entry at a time") {
  const Scratch scratch;
  const std::string a =
      scratch.write("a/config",
                    "clusters: [{name: c, cluster: {server: a}}]\n"
                    "users: [{name: u, user: {token: a}}]\n");
  const std::string b = scratch.write(
      "b/config",
      "clusters: [{name: c, cluster: {server: b, tls-server-name: b}}, "
      "{name: d, cluster: {server: d, certificate-authority: ca.crt}}]\n"
      "current-context: b\n");
  const std::string c =
      scratch.write("c/config", "current-context: c\nusers: []\n");
  Env env;
  env.variables["KUBECONFIG"] =
      ":" + a + "::" + (scratch / "missing") + ":" + b + ":" + c + ":" + a;

  const Result<Kubeconfig> config = load_kubeconfig("", env);

  REQUIRE(config);
  CHECK(config->clusters.at("c").server == "a");
  CHECK(config->clusters.at("c").tls_server_name.empty());
  CHECK(config->clusters.at("c").file == a);
  CHECK(config->clusters.at("d").ca_file == scratch / "b/ca.crt");
  CHECK(config->current_context == "b");
  CHECK(config->current_context_file == b);
  CHECK(config->files == std::vector{a, b, c});
  CHECK(config->missing == std::vector{scratch / "missing"});
  CHECK(config->warnings.empty());
}

TEST_CASE("when all files of KUBECONFIG are missing there is a warning") {
  Env env;
  env.variables["KUBECONFIG"] = "/nope/1:/nope/2";

  const Result<Kubeconfig> config = load_kubeconfig("", env);

  REQUIRE(config);
  CHECK(config->empty());
  REQUIRE(config->warnings.size() == 1);
  CHECK(config->warnings[0] ==
        "KUBECONFIG: config not found: /nope/1, /nope/2");
}

TEST_CASE("without KUBECONFIG the one of the home folder is read") {
  const Scratch scratch;
  Env env;
  env.variables["KUBECONFIG"] = "";
  CHECK(load_kubeconfig("", env)->empty());

  env.variables["HOME"] = scratch.path();
  const Result<Kubeconfig> none = load_kubeconfig("", env);
  REQUIRE(none);
  CHECK(none->empty());
  CHECK(none->missing == std::vector{scratch / ".kube/config"});
  CHECK(none->warnings.empty());

  static_cast<void>(scratch.write(".kube/config", named("home", "x")));
  const Result<Kubeconfig> config = load_kubeconfig("", env);
  REQUIRE(config);
  CHECK(config->clusters.at("c").server == "home");
  CHECK(config->clusters.at("c").ca_file == scratch / ".kube/ca.crt");
}

TEST_CASE("every broken file of several is named") {
  const Scratch scratch;
  const std::string a = scratch.write("a", "[");
  const std::string b = scratch.write("b", "kind: Pod");
  Env env;
  env.variables["KUBECONFIG"] = a + ":" + b + ":" + scratch.path();

  const Result<Kubeconfig> config = load_kubeconfig("", env);

  REQUIRE_FALSE(config);
  const std::string& message = config.error().message;
  CHECK(message.find('"' + a + "\": line") != std::string::npos);
  CHECK(message.find('"' + b + "\": line") != std::string::npos);
  CHECK(message.find("is a directory") != std::string::npos);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
