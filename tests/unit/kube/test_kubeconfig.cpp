// SPDX-License-Identifier: MIT
#include "kube/config/kubeconfig.hpp"
#include "kube/config/kubeconfig_file.hpp"
#include "kube/config/kubeconfig_load.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

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
  CHECK(c.exec_config == R"({"a":"b"})");
  const Cluster& i = config->clusters.at("i");
  CHECK(i.insecure);
  CHECK(i.ca_data == "Zm9v");
  CHECK(i.disable_compression);
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
  CHECK(config->users.at("u").key_file == "/etc/u.key");
  CHECK(config->users.at("u").token_file == "/etc/k/token");

  const Result<Kubeconfig> here = parse_kubeconfig(k_full, "config");
  REQUIRE(here);
  CHECK(here->clusters.at("c").ca_file ==
        std::filesystem::current_path().string() + "/pki/ca.crt");
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

TEST_CASE("a mapping takes over what << names and it does not have itself") {
  const Result<Kubeconfig> config = parse_kubeconfig(
      "x: &x {token: t, username: a, password: p}\n"
      "y: &y {username: b, tokenFile: f}\n"
      "users:\n"
      "- name: one\n  user: {password: q, <<: *x}\n"
      "- name: first\n  user: {<<: [*x, *y]}\n"
      "- name: text\n  user: {token: s, \"<<\": *x}\n",
      "/k");

  REQUIRE(config);
  const User& one = config->users.at("one");
  CHECK(one.token == "t");
  CHECK(one.password == "q");
  const User& first = config->users.at("first");
  CHECK(first.username == "a");
  CHECK(first.token_file == "/f");
  CHECK(config->users.at("text").username.empty());
}

TEST_CASE("what cannot be merged is refused, and merging has an end") {
  const Result<Kubeconfig> text =
      parse_kubeconfig("users: [{name: u, user: {<<: x}}]", "f");
  REQUIRE_FALSE(text);
  CHECK(text.error().message.contains("<<: expected a mapping"));

  std::string bomb = "a0: &a0 {x: y}\n";
  for (int i = 1; i < 40; ++i) {
    bomb += fmt::format("a{0}: &a{0} {{<<: [*a{1}, *a{1}]}}\n", i, i - 1);
  }
  const Result<Kubeconfig> many =
      parse_kubeconfig(bomb + "users: [{name: u, user: *a39}]", "f");
  REQUIRE_FALSE(many);
  CHECK(many.error().message.contains("<<: too many merged mappings"));
}

TEST_CASE("an entry that is null is one without a name") {
  const Result<Kubeconfig> config =
      parse_kubeconfig("users: [null, {name: u, user: {token: t}}]", "f");

  REQUIRE(config);
  CHECK(config->users.size() == 2);
  CHECK(config->users.at("").token.empty());
}

TEST_CASE("all that a user can be is read") {
  const Result<Kubeconfig> config = parse_kubeconfig(R"(users:
- name: e
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: bin/../aws
      args: [a, "2"]
      env: [{name: N, value: v}]
      installHint: get it
      interactiveMode: Never
      provideClusterInfo: true
- name: b
  user: {username: jane, password: s, exec: null}
- name: i
  user: {as: joe, as-uid: "7", as-groups: [g, h], as-user-extra: {k: [v, w]}}
- name: o
  user: {auth-provider: {name: oidc, config: {client-id: c}}}
- name: beta
  user: {exec: {command: gke, apiVersion: client.authentication.k8s.io/v1beta1}}
)",
                                                     "/etc/k/config");

  REQUIRE(config);
  const ExecPlugin& exec = *config->users.at("e").exec;
  CHECK(exec.api_version == "client.authentication.k8s.io/v1");
  CHECK(exec.command == "/etc/k/aws");
  CHECK(exec.args == std::vector<std::string>{"a", "2"});
  CHECK(exec.env ==
        std::vector<std::pair<std::string, std::string>>{{"N", "v"}});
  CHECK(exec.install_hint == "get it");
  CHECK(exec.interactive_mode == "Never");
  CHECK(exec.provide_cluster_info);
  CHECK(config->users.at("b").username == "jane");
  CHECK(config->users.at("b").password == "s");
  CHECK_FALSE(config->users.at("b").exec);
  const Impersonation& as = config->users.at("i").impersonate;
  CHECK(as.user == "joe");
  CHECK(as.uid == "7");
  CHECK(as.groups == std::vector<std::string>{"g", "h"});
  CHECK(as.extra.at("k") == std::vector<std::string>{"v", "w"});
  CHECK(config->users.at("o").auth_provider->name == "oidc");
  CHECK(config->users.at("o").auth_provider->config.at("client-id") == "c");
  CHECK(config->users.at("beta").exec->command == "gke");
  CHECK(config->users.at("beta").exec->interactive_mode == "IfAvailable");
}

TEST_CASE("what a cluster has for plugins is kept as JSON, with its types") {
  const Result<Kubeconfig> config = parse_kubeconfig(
      R"(clusters: [{name: c, cluster: {server: s, extensions: [
        {name: other, extension: 1},
        {name: client.authentication.k8s.io/exec,
         extension: {n: 3, s: "3", b: true, l: [x, null], f: 1.5}}]}}])",
      "f");

  REQUIRE(config);
  CHECK(config->clusters.at("c").exec_config ==
        R"({"n":3,"s":"3","b":true,"l":["x",null],"f":1.5})");
}

TEST_CASE("what a cluster has for plugins may not be without end") {
  struct Row {
    const char* name;
    std::string extensions;
    const char* why;
  };

  std::string laughs;
  for (char anchor = 'b'; anchor < 'j'; ++anchor) {
    const char before = static_cast<char>(anchor - 1);
    laughs += fmt::format("        {0}: &{0} [*{1},*{1},*{1},*{1},*{1},*{1}]\n",
                          anchor, before);
  }
  const std::string long_text(std::size_t{1} << 20, 'x');
  const std::string head =
      "    extensions:\n    - name: client.authentication.k8s.io/exec\n"
      "      extension:\n";
  const Row rows[] = {
      {"an alias inside its own anchor",
       "    extensions: &x\n    - name: client.authentication.k8s.io/exec\n"
       "      extension: *x\n",
       "line 6: extension: nested deeper than 100 levels: does an alias refer "
       "to its own anchor?"},
      {"two anchors that hold each other",
       head + "        a: &a {b: &b [*a]}\n        c: *b\n",
       "extension: nested deeper than 100 levels"},
      {"aliases that multiply",
       head + "        a: &a [x,x,x,x,x,x,x,x,x,x]\n" + laughs,
       "extension: more than 100000 values: too many aliases?"},
      {"a long text many times",
       head + "        a: &a " + long_text + "\n        b: [" +
           "*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n",
       "extension: more than 16777216 bytes: too many aliases?"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto config = parse_kubeconfig(
        "clusters:\n- name: c\n  cluster:\n    server: s\n" + row.extensions,
        "f");
    REQUIRE_FALSE(config);
    INFO(config.error().message);
    CHECK(config.error().message.starts_with(
        "error loading config file \"f\": line "));
    CHECK(config.error().message.contains(row.why));
  }
}

TEST_CASE("a kubeconfig in UTF-16 is read") {
  const Scratch scratch;
  std::string text = "\xfe\xff";
  for (const char c : std::string_view("current-context: a\r\n")) {
    text += '\0';
    text += c;
  }
  const std::string path = scratch.write("config", text);

  CHECK(load_kubeconfig(path, {})->current_context == "a");
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
       "line 4: server: expected a string"},
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
      {"a quote never closed", "users:\n- name: \"a\n",
       "line 3: found unexpected end of stream"},
      {"a quote never closed, spaces", "users:\n- name: 'a\n  \n  ",
       "line 5: found unexpected end of stream"},
      {"a quote never closed, no line end", "users:\n- name: 'a",
       "line 2: found unexpected end of stream"},
      {"junk at the end", "users: []\njunk\n", "line 2: "},
      {"junk at the end, no line end", "users: []\njunk", "line 2: "},
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

TEST_CASE("a literal scalar may be the end") {
  for (const char* text :
       {"current-context: |-\n  a", "current-context: |\n  a",
        "current-context: >-\n  a\n\n"}) {
    CAPTURE(text);
    CHECK(parse_kubeconfig(text, "f")->current_context == "a");
  }
  CHECK(parse_kubeconfig("current-context: |\n  a\n", "f")->current_context ==
        "a\n");
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
