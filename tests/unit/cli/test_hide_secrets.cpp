// SPDX-License-Identifier: MIT
#include "cli/hide_secrets.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::cli {
namespace {

using Words = std::vector<std::string>;

Words hidden(Words words) {
  std::vector<char*> pointers;
  for (std::string& word : words) {
    pointers.push_back(word.data());
  }
  hide_secrets(pointers);
  return words;
}

TEST_SUITE_BEGIN("cli::hide_secrets");

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
  CHECK(hidden({"--token=", "abc"}) == Words{"--token=", "abc"});
}

TEST_CASE("in every spelling that becomes such a flag, and in typing errors") {
  CHECK(hidden({"----token", "abc", "----token=abc", "---token=abc"}) ==
        Words{"----token", "***", "----token=***", "---token=***"});
  CHECK(hidden({"--target_header=A: b", "----target_header", "A: b"}) ==
        Words{"--target_header=****", "----target_header", "****"});
}

TEST_CASE("so is who is named in a URL") {
  CHECK(hidden({"-s", "https://joe:p@ss@host:1/a@b"}) ==
        Words{"-s", "https://********@host:1/a@b"});
  CHECK(hidden({"--server=http://joe@h"}) == Words{"--server=http://***@h"});
  CHECK(hidden({"http://host/a@b", "a@b", "http://"}) ==
        Words{"http://host/a@b", "a@b", "http://"});
  CHECK(hidden({"--base=http://u:p@h/x", "u:p@h:6060/x"}) ==
        Words{"--base=http://***@h/x", "***@h:6060/x"});
}

TEST_CASE("also without a scheme, however the flag is written") {
  CHECK(hidden({"--server=u:p@h", "--server", "u:p@h", "----server=u@h"}) ==
        Words{"--server=***@h", "--server", "***@h", "----server=*@h"});
  CHECK(hidden({"-su:p@h", "-s=u:p@h", "-s", "u:p@h", "-s", "u@h"}) ==
        Words{"-s***@h", "-s=***@h", "-s", "***@h", "-s", "*@h"});
  CHECK(hidden({"-Asu:p@h", "-As", "u@h"}) == Words{"-A****@h", "-As", "*@h"});
  CHECK(hidden({"--profefe-hostport", "u@h"}) ==
        Words{"--profefe-hostport", "*@h"});
}

TEST_CASE("a flag behind what may be another is seen") {
  CHECK(hidden({"-lapps", "--token", "abc", "-lapps", "--token=abc"}) ==
        Words{"-lapps", "--token", "***", "-lapps", "--token=***"});
  CHECK(hidden({"-", "--", "", "-=x"}) == Words{"-", "--", "", "-=x"});
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cli
