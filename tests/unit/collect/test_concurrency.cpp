// SPDX-License-Identifier: MIT
#include "collect/capture.hpp"
#include "collect/concurrency.hpp"

#include <doctest/doctest.h>

namespace kprofefe::collect {
namespace {

TEST_SUITE_BEGIN("collect::pods_within");

TEST_CASE("a pod costs four open files, and one always goes") {
  CHECK(pods_within(0) == 1);
  CHECK(pods_within(24) == 1);
  CHECK(pods_within(60) == 9);
  CHECK(pods_within(1048) == 256);
}

TEST_CASE(
    "the memory follows the container's limit, and is no more than needed") {
  CHECK(default_memory(std::nullopt) == 64 << 20);
  CHECK(default_memory(std::size_t{1} << 40) == 64 << 20);
  CHECK(default_memory(256 << 20) == 64 << 20);
  CHECK(default_memory(100 << 20) == 40 << 20);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
