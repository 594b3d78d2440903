// SPDX-License-Identifier: MIT
#include "web/kept_documents.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::web {
namespace {

Document document(std::size_t size, char letter) {
  return {.type = "text/plain",
          .body = std::string(size, letter),
          .file_name = "",
          .policy = ""};
}

TEST_SUITE_BEGIN("web::KeptDocuments");

TEST_CASE("what was not asked for the longest goes first") {
  KeptDocuments kept(100);
  kept.keep("a", document(40, 'a'));
  kept.keep("b", document(40, 'b'));
  REQUIRE(kept.find("a") != nullptr);
  kept.keep("c", document(40, 'c'));
  CHECK(kept.find("b") == nullptr);
  REQUIRE(kept.find("a") != nullptr);
  CHECK(kept.find("a")->body == std::string(40, 'a'));
  CHECK(kept.find("c") != nullptr);
}

TEST_CASE("what is too large alone takes nothing else away") {
  KeptDocuments kept(100);
  kept.keep("a", document(40, 'a'));
  kept.keep("b", document(101, 'b'));
  CHECK(kept.find("b") == nullptr);
  CHECK(kept.find("a") != nullptr);
}

TEST_CASE("twice the same counts once") {
  KeptDocuments kept(100);
  kept.keep("a", document(60, 'a'));
  kept.keep("a", document(60, 'x'));
  kept.keep("b", document(40, 'b'));
  REQUIRE(kept.find("a") != nullptr);
  CHECK(kept.find("a")->body.front() == 'a');
}

}  // namespace
}  // namespace kprofefe::web
