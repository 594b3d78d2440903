// SPDX-License-Identifier: MIT
#include "cmd/descriptors.hpp"

#include <doctest/doctest.h>

namespace kprofefe::cmd {
namespace {

TEST_SUITE_BEGIN("cmd::pods_within");

TEST_CASE("a pod costs four open files, and one always goes") {
  CHECK(pods_within(0) == 1);
  CHECK(pods_within(24) == 1);
  CHECK(pods_within(60) == 9);
  CHECK(pods_within(1048) == 256);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
