// SPDX-License-Identifier: MIT
#include "cmd/arguments.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::cmd {
namespace {

using Words = std::vector<std::string>;

TEST_SUITE_BEGIN("cmd::arguments");

TEST_CASE("what people type becomes what the parser takes") {
  struct Row {
    Words typed;
    Words adapted;
  };

  const Row rows[] = {
      {{"kubectl-profefe", "targets", "-o=json", "-n=a=b", "-l="},
       {"kubectl-profefe", "targets", "-o", "json", "-n", "a=b", "-l", ""}},
      {{"kubectl-profefe", "targets", "-A=false"},
       {"kubectl-profefe", "targets", "--all-namespaces=false"}},
      {{"kubectl-profefe", "peek", "--", "-x=1", "--focus="},
       {"kubectl-profefe", "peek", "--", "-x=1", "--focus="}},
      {{"kubectl-profefe", "top", "--focus=", "--ignore=a="},
       {"kubectl-profefe", "top", "--focus", "", "--ignore=a="}},
      {{"kubectl-profefe", "help"}, {"kubectl-profefe", "--help"}},
      {{"kubectl-profefe", "help", "get", "profiles"},
       {"kubectl-profefe", "get", "profiles", "--help"}},
      {{"/bin/kprofefe", "help"}, {"/bin/kprofefe", "collect", "--help"}},
      {{"kprofefe", "----seconds", "1"},
       {"kprofefe", "collect", "--seconds", "1"}},
      {{"kprofefe", "version"}, {"kprofefe", "version"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.typed.back());
    Words words = row.typed;
    adapt_arguments(words);
    CHECK(words == row.adapted);
  }
}

Words hidden(Words words) {
  std::vector<char*> pointers;
  for (std::string& word : words) {
    pointers.push_back(word.data());
  }
  hide_secrets(pointers);
  return words;
}

TEST_CASE("secrets are written over where they stand") {
  CHECK(hidden({"capture", "--token", "abc", "api"}) ==
        Words{"capture", "--token", "***", "api"});
  CHECK(hidden({"--token=abc", "--password=d"}) ==
        Words{"--token=***", "--password=*"});
  CHECK(hidden({"--target-header", "A: b", "--target-header=A: b"}) ==
        Words{"--target-header", "****", "--target-header=****"});
  CHECK(hidden({"--token", "--token", "abc"}) ==
        Words{"--token", "*******", "abc"});
  CHECK(hidden({"--token"}) == Words{"--token"});
}

TEST_CASE("so is who is named in a URL") {
  CHECK(hidden({"-s", "https://joe:p@ss@host:1/a@b"}) ==
        Words{"-s", "https://********@host:1/a@b"});
  CHECK(hidden({"--server=http://joe@h"}) == Words{"--server=http://***@h"});
  CHECK(hidden({"http://host/a@b", "a@b", "http://"}) ==
        Words{"http://host/a@b", "a@b", "http://"});
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
