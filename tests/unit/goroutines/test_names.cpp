// SPDX-License-Identifier: MIT
#include "goroutines/names.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::goroutines {
namespace {

TEST_SUITE_BEGIN("goroutines::Names");

TEST_CASE("a text has one number, and too many texts share one") {
  Names names(2);
  const auto select = names.number_of("select");
  CHECK(names.number_of("select") == select);
  const auto sleep = names.number_of("sleep");
  CHECK(sleep != select);
  const auto third = names.number_of("third");
  CHECK(names.at(third) == "(other)");
  CHECK(names.number_of("fourth") == third);
  CHECK(names.number_of("sleep") == sleep);
}

TEST_CASE("a long text is kept by its begin") {
  Names names(2);
  CHECK(names.at(names.number_of(std::string(5000, 'x'))).size() == 1000);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::goroutines
