// SPDX-License-Identifier: MIT
#include "data.hpp"

#include "pprof/read.hpp"
#include "pprof/write.hpp"
#include "support/describe_profile.hpp"
#include "support/full_profile.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

TEST_CASE("a profile that is written and read again is the same") {
  std::vector<std::string> bodies{test::full_profile_message()};
  for (const char* file : {"cpu.pb.gz", "heap.pb.gz", "mutex.pb.gz",
                           "goroutine.pb.gz", "block_empty.pb.gz"}) {
    bodies.push_back(test::real(file));
  }
  for (const std::string& body : bodies) {
    const auto profile = read_profile(body);
    REQUIRE_MESSAGE(profile, profile.error().message);

    const std::string written = write_profile(*profile);
    const auto again = read_profile(written);

    REQUIRE_MESSAGE(again, again.error().message);
    CHECK(test::describe(*again) == test::describe(*profile));
    CHECK(written.starts_with("\x1f\x8b"));
    CHECK(write_profile(*again) == written);
  }
}

TEST_CASE("strings that nobody names are not written") {
  auto profile = read_profile(test::full_profile_message());
  REQUIRE(profile);
  profile->functions[0].name = 0;
  profile->strings.add("never named");

  const std::string message = encode_profile(*profile);

  CHECK(message.find("never named") == std::string::npos);
  CHECK(message.find("main.leaf.sys") != std::string::npos);
  const auto again = read_profile(message);
  REQUIRE_MESSAGE(again, again.error().message);
  CHECK(again->strings.size() == 21);
}

TEST_CASE("a large profile is compressed to its end") {
  auto profile = read_profile(test::full_profile_message());
  REQUIRE(profile);
  for (int i = 0; i < 50'000; ++i) {
    profile->comments.push_back(
        profile->strings.add("comment " + std::to_string(i * 7919)));
  }
  const auto again = read_profile(write_profile(*profile));
  REQUIRE_MESSAGE(again, again.error().message);
  CHECK(test::describe(*again) == test::describe(*profile));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
