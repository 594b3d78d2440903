// SPDX-License-Identifier: MIT
#include "base/file.hpp"
#include "kube/config/kubeconfig_edit.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

namespace kprofefe::kube {
namespace {

using kprofefe::test::Scratch;

TEST_SUITE_BEGIN("kube::kubeconfig_edit");

TEST_CASE("tokens are replaced where they stand, and nothing else moves") {
  struct Row {
    const char* name;
    const char* before;
    const char* after;
  };

  const Row rows[] = {
      {"block",
       "users: # mine\n- name: other\n  user: {auth-provider: {name: oidc, "
       "config: {id-token: o}}}\n- name: u\n  user:\n    auth-provider:\n"
       "      config:\n        id-token: old.a.b # c\n        client-id: x\n",
       "users: # mine\n- name: other\n  user: {auth-provider: {name: oidc, "
       "config: {id-token: o}}}\n- name: u\n  user:\n    auth-provider:\n"
       "      config:\n        id-token: \"new\" # c\n        client-id: x\n"},
      {"quoted",
       "users: [{name: u, user: {auth-provider: {config: {id-token: 'o'}}}}]",
       "users: [{name: u, user: {auth-provider: {config: {id-token: "
       "\"new\"}}}}]"},
      {"missing",
       "users:\n- name: u\n  user:\n    auth-provider:\n      config:\n"
       "        client-id: x\n",
       "users:\n- name: u\n  user:\n    auth-provider:\n      config:\n"
       "        id-token: \"new\"\n        client-id: x\n"},
      {"a user that is null, one without fields",
       "users:\n- null\n- name: v\n- name: u\n  user:\n    auth-provider:\n"
       "      config:\n        id-token: old\n",
       "users:\n- null\n- name: v\n- name: u\n  user:\n    auth-provider:\n"
       "      config:\n        id-token: \"new\"\n"},
      {"an anchor and a tag",
       "users:\n- name: u\n  user:\n    auth-provider:\n      config:\n"
       "        id-token: &a !!str old\n        client-id: x\n",
       "users:\n- name: u\n  user:\n    auth-provider:\n      config:\n"
       "        id-token: &a !!str \"new\"\n        client-id: x\n"},
      {"a block scalar",
       "users:\n- name: u\n  user:\n    auth-provider:\n      config:\n"
       "        id-token: >-\n          old.a\n\n          .b\n\n"
       "        client-id: x\n",
       "users:\n- name: u\n  user:\n    auth-provider:\n      config:\n"
       "        id-token: \"new\"\n\n        client-id: x\n"},
      {"a block scalar at the end",
       "users:\n- name: u\n  user:\n    auth-provider:\n      config:\n"
       "        id-token: |-\n          old",
       "users:\n- name: u\n  user:\n    auth-provider:\n      config:\n"
       "        id-token: \"new\""},
      {"json",
       R"({"users":[{"name":"u","user":{"auth-provider":{"config":{"client-id":"x"}}}}]})",
       R"({"users":[{"name":"u","user":{"auth-provider":{"config":{"id-token": "new", "client-id":"x"}}}}]})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(edit_provider(row.before, "u", {{"id-token", "new"}}) == row.after);
  }
}

TEST_CASE("what cannot be edited for certain is left alone") {
  for (const char* text :
       {"", "users: []", "users: [{name: u}]", "users: [{name: u, user: {}}]",
        "users: [{name: u, user: {auth-provider: {config: {}}}}]",
        "users: [{name: v, user: {auth-provider: {config: {a: b}}}}]",
        "a: ["}) {
    CAPTURE(text);
    CHECK_FALSE(edit_provider(text, "u", {{"id-token", "new"}}));
  }
  CHECK_FALSE(edit_provider(
      "users:\n- name: u\n  user:\n    auth-provider:\n      config:\n"
      "        id-token: two\n          lines\n",
      "u", {{"id-token", "new"}}));
  CHECK_FALSE(edit_provider(
      "users: [{name: u, user: {auth-provider: {config: {id-token: a}}}}]", "u",
      {{"id-token", "q\"uote"}}));
}

TEST_CASE("a file keeps its mode, is written through links, and has a lock") {
  const Scratch scratch;
  const std::string real = scratch.write(
      "real",
      "users: [{name: u, user: {auth-provider: {config: {id-token: a}}}}]");
  std::filesystem::permissions(real, std::filesystem::perms::owner_read |
                                         std::filesystem::perms::owner_write |
                                         std::filesystem::perms::group_read);
  const std::string link = scratch / "link";
  std::filesystem::create_symlink(real, link);

  REQUIRE(save_provider(link, "u", {{"id-token", "b"}}));
  CHECK(read_file(real)->find("id-token: \"b\"") != std::string::npos);
  CHECK(std::filesystem::is_symlink(link));
  CHECK(static_cast<unsigned>(std::filesystem::status(real).permissions()) ==
        0640);
  CHECK_FALSE(std::filesystem::exists(link + ".lock"));

  static_cast<void>(scratch.write("link.lock", ""));
  CHECK(save_provider(link, "u", {{"id-token", "c"}}).error().message ==
        "open " + link + ".lock: file exists");
}

TEST_CASE("whether tokens could be kept is known before there are any") {
  const Scratch scratch;
  const std::string text =
      "users: [{name: u, user: {auth-provider: {config: {id-token: a}}}}]";
  const std::string path = scratch.write("config", text);
  const ProviderFields fields{{"id-token", "n"}, {"refresh-token", "n"}};

  CHECK(can_save_provider(path, "u", fields));
  CHECK(read_file(path) == text);
  CHECK_FALSE(std::filesystem::exists(path + ".lock"));

  CHECK(can_save_provider(path, "v", fields)
            .error()
            .message.starts_with(path +
                                 ": cannot tell where new tokens belong in the "
                                 "user's auth-provider: unsupported layout"));
  static_cast<void>(scratch.write("config.lock", ""));
  CHECK(can_save_provider(path, "u", fields).error().message ==
        "open " + path + ".lock: file exists");
  CHECK_FALSE(can_save_provider(scratch / "nope", "u", fields));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
