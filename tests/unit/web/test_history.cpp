// SPDX-License-Identifier: MIT
#include "web/history.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::web {
namespace {

source::LoadedProfile loaded(std::string name) {
  source::LoadedProfile profile;
  profile.names = {std::move(name)};
  return profile;
}

TEST_SUITE_BEGIN("web::History");

TEST_CASE("the newest is shown when none is named") {
  History history;
  CHECK(history.find("").error().kind == ErrorKind::not_found);
  const std::string first = history.add(loaded("a"), "cpu", "", false);
  const std::string second =
      history.add(loaded("b"), "cpu", "port-forward", true);
  CHECK(history.find("").value().id == second);
  CHECK(history.find(first).value().title == "a");
  CHECK(history.find("9").error().message ==
        "no profile \"9\" in this session");
}

TEST_CASE("captures take the place of the oldest capture, nothing else's") {
  History history;
  const std::string opened = history.add(loaded("file"), "", "", false);
  std::string oldest;
  for (std::size_t i = 0; i < History::k_most_captures + 1; ++i) {
    const std::string id = history.add(loaded("pod"), "cpu", "", true);
    oldest = oldest.empty() ? id : oldest;
  }
  CHECK(history.entries().size() == History::k_most_captures + 1);
  CHECK(history.find(opened));
  CHECK_FALSE(history.find(oldest));
}

TEST_CASE("several sources are titled by the first") {
  source::LoadedProfile several = loaded("pod/api-0");
  several.names.emplace_back("pod/api-1");
  CHECK(source::title_of(several) == "pod/api-0 and 1 more");
}

}  // namespace
}  // namespace kprofefe::web
