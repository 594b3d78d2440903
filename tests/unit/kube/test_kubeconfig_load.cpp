// SPDX-License-Identifier: MIT
#include "kube/config/kubeconfig_load.hpp"
#include "kube/config/kubeconfig_outline.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::kube {
namespace {

using kprofefe::test::Scratch;

constexpr const char* k_plain = R"(apiVersion: v1
kind: Config
preferences: {}
current-context: b
clusters:
- cluster:
    server: https://a
    extensions:
    - name: inner
      extension: {x: 1}
  name: a
- name: "b"
  cluster:
    server: https://b
users:
- name: a
  user:
    exec:
      command: aws
      env:
      - name: N
        value: v
      installHint: |
        name: not me
        - nor me
- name: b
  user: {token: tb}
contexts:
# a comment
- context:
    cluster: a
    user: a
  name: a

- name: b
  context: {cluster: b, user: b}
)";

TEST_SUITE_BEGIN("kube::load_chosen");

TEST_CASE("an outline finds entries by name, and leaves the rest") {
  const auto outline = outline_kubeconfig(k_plain);

  REQUIRE(outline);
  CHECK(outline->rest ==
        "apiVersion: v1\nkind: Config\npreferences: {}\ncurrent-context: b\n");
  CHECK(outline->of(Section::clusters).size() == 2);
  CHECK(outline->of(Section::clusters).at("b") ==
        "- name: \"b\"\n  cluster:\n    server: https://b\n");
  CHECK(outline->of(Section::users).size() == 2);
  CHECK(outline->of(Section::contexts).size() == 2);
}

TEST_CASE("a list may be indented") {
  const auto outline = outline_kubeconfig(
      "clusters:\n  - name: a\n    cluster:\n      server: s\n  - name: b\n");

  REQUIRE(outline);
  CHECK(outline->of(Section::clusters).size() == 2);
}

TEST_CASE("what is not plain is left to the parser") {
  for (const char* text : {
           "{\"clusters\": []}",
           "clusters: [{name: a}]",
           "clusters:\n- name: a\n- name: a\n",
           "clusters:\n- cluster: {}\n",
           "clusters:\n- name: ''\n",
           "clusters:\n- null\n",
           "clusters:\n- name: a b\n",
           "clusters:\n- name: a # b\n",
           "clusters:\n- name: \"a\\n\"\n",
           "clusters:\n- name: &x a\n",
           "clusters:\n- name: a\n  cluster: *x\n",
           "clusters:\n- name: a\n  cluster: {server:\n    s}\n",
           "clusters:\n- name: a\n  cluster: 'x\n    y'\n",
           "clusters:\n-\tname: a\n",
           "clusters:\r\n- name: a\r\n",
           "clusters:\n  name: a\n",
           "kind: Config\n---\nkind: Config\n",
           "clusters:\n- name: a\n  <<: x\n",
       }) {
    CAPTURE(text);
    CHECK_FALSE(outline_kubeconfig(text));
  }
}

TEST_CASE("only what is chosen is read") {
  const Scratch scratch;
  const std::string file = scratch.write("k", k_plain);

  const Result<Kubeconfig> current = load_chosen({.kubeconfig = file}, {});
  REQUIRE(current);
  CHECK(current->clusters.size() == 1);
  CHECK(current->clusters.at("b").server == "https://b");
  CHECK(current->users.at("b").token == "tb");
  CHECK(current->current_context == "b");
  CHECK(current->files == std::vector<std::string>{file});

  const Result<Kubeconfig> other =
      load_chosen({.kubeconfig = file, .context = "a"}, {});
  REQUIRE(other);
  CHECK(other->users.at("a").exec->install_hint == "name: not me\n- nor me\n");
  CHECK(other->users.at("a").exec->env.size() == 1);
  CHECK(load_chosen({.kubeconfig = file, .cluster_name = "a"}, {})
            ->clusters.at("a")
            .server == "https://a");
}

TEST_CASE("where something is missing the whole is read, for the message") {
  const Scratch scratch;
  const std::string file = scratch.write("k", k_plain);

  CHECK(
      load_chosen({.kubeconfig = file, .context = "q"}, {})->contexts.size() ==
      2);
  CHECK_FALSE(load_chosen({.kubeconfig = scratch / "nope"}, {}));
}

TEST_CASE("the first file that has an entry wins") {
  const Scratch scratch;
  const std::string one =
      scratch.write("one/k",
                    "contexts:\n- name: x\n  context: {cluster: c, user: u}\n"
                    "clusters:\n- name: c\n  cluster: {server: s, "
                    "certificate-authority: ca}\n");
  const std::string two = scratch.write(
      "two/k",
      "current-context: x\nclusters:\n- name: c\n  cluster: {server: t}\n"
      "users:\n- name: u\n  user: {tokenFile: tok}\n");
  Env env;
  env.variables["KUBECONFIG"] = one + ":/nope:" + two;

  const Result<Kubeconfig> config = load_chosen({}, env);

  REQUIRE(config);
  CHECK(config->clusters.at("c").server == "s");
  CHECK(config->clusters.at("c").ca_file == scratch / "one/ca");
  CHECK(config->users.at("u").token_file == scratch / "two/tok");
  CHECK(config->current_context_file == two);
  CHECK(config->missing == std::vector<std::string>{"/nope"});
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
