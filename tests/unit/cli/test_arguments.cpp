// SPDX-License-Identifier: MIT
#include "cli/arguments.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::cli {
namespace {

using Words = std::vector<std::string>;

TEST_SUITE_BEGIN("cli::arguments");

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
      {{"kubectl-profefe", "top", "-trim=false", "-trim_path=/a",
        "-tagroot=a_b", "-add_comment", "-x_y", "-flat", "-call_tree"},
       {"kubectl-profefe", "top", "--trim=false", "--trim-path=/a",
        "--tagroot=a_b", "--add-comment", "-x_y", "--flat", "--call-tree"}},
      {{"kubectl-profefe", "text", "text"}, {"kubectl-profefe", "top", "text"}},
      {{"kubectl-profefe", "help"}, {"kubectl-profefe", "--help"}},
      {{"kubectl-profefe", "help", "get", "profiles"},
       {"kubectl-profefe", "get", "profiles", "--help"}},
      {{"/bin/kprofefe", "help"}, {"/bin/kprofefe", "collect", "--help"}},
      {{"kprofefe", "----seconds", "1"},
       {"kprofefe", "collect", "--seconds", "1"}},
      {{"kprofefe", "version"}, {"kprofefe", "version"}},
      {{"kubectl-profefe", "top", "-seconds", "1", "-sample_index=cpu", "-cum",
        "-sx", "-n", "shop"},
       {"kubectl-profefe", "top", "--seconds", "1", "--sample-index=cpu",
        "--cum", "-sx", "-n", "shop"}},
      {{"kubectl-profefe", "targets", "--as_uid=a_b", "--sample_index"},
       {"kubectl-profefe", "targets", "--as-uid=a_b", "--sample-index"}},
      {{"kubectl-profefe", "top", "a_b", "-n", "a_b", "--", "--a_b"},
       {"kubectl-profefe", "top", "a_b", "-n", "a_b", "--", "--a_b"}},
      {{"kubectl-profefe", "top", "---focus", "-------", "--x_y: z"},
       {"kubectl-profefe", "top", "---focus", "-------", "--x_y: z"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.typed.back());
    Words words = row.typed;
    adapt_arguments(words);
    CHECK(words == row.adapted);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cli
