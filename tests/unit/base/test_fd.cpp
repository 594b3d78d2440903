// SPDX-License-Identifier: MIT
#include "base/fd.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>

#include <utility>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("base");

int open_null() {
  return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

bool is_open(int fd) {
  return ::fcntl(fd, F_GETFD) >= 0;
}

TEST_CASE("an Fd closes what it owns at the end of its life") {
  int number = -1;
  {
    const Fd fd(open_null());
    REQUIRE(fd);
    number = fd.get();
    CHECK(is_open(number));
  }
  CHECK_FALSE(is_open(number));
}

TEST_CASE("an empty Fd owns nothing") {
  Fd fd;
  CHECK_FALSE(fd);
  CHECK(fd.get() == -1);
  CHECK(fd.close() == 0);
}

TEST_CASE("moving hands the descriptor on") {
  Fd first(open_null());
  const int number = first.get();

  Fd second(std::move(first));
  CHECK(second.get() == number);
  // NOLINTNEXTLINE(bugprone-use-after-move): it must be empty.
  CHECK_FALSE(first);

  Fd third(open_null());
  third = std::move(second);
  CHECK(third.get() == number);
  CHECK(is_open(number));
}

TEST_CASE("close closes now and once, and says how it went") {
  Fd fd(open_null());
  const int number = fd.get();

  CHECK(fd.close() == 0);

  CHECK_FALSE(is_open(number));
  CHECK_FALSE(fd);
  CHECK(fd.close() == 0);
  Fd wrong(1'000'000);
  CHECK(wrong.close() == -1);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
