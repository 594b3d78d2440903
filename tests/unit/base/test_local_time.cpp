// SPDX-License-Identifier: MIT
#include "base/local_time.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

namespace kprofefe {
namespace {

using test::Scratch;

constexpr std::time_t k_moment = 1'764'000'000;  // 2025-11-24 16:00:00 UTC

/// A file of the time zone database, in the first version of its format: one
/// zone, five hours behind UTC, without changes (RFC 8536).
std::string zone_file() {
  const std::string no_counts(4 * 4, '\0');  // of marks, leaps and changes
  return "TZif" + std::string(16, '\0') + no_counts +
         std::string("\0\0\0\1\0\0\0\4", 8) +
         std::string("\xff\xff\xb9\xb0\0\0", 6) + std::string("EST", 4);
}

/// In this zone, `11:00 -18000 EST`.
std::string shown_in(const std::string& zone) {
  ::setenv("TZ", zone.c_str(), 1);
  const std::tm time = local_calendar(k_moment);
  ::setenv("TZ", "UTC", 1);
  return std::to_string(time.tm_hour) + ":00 " +
         std::to_string(time.tm_gmtoff) + " " + time.tm_zone;
}

TEST_SUITE_BEGIN("base::local_calendar");

TEST_CASE("a zone that the machine has is the user's clock") {
  const Scratch scratch;
  const std::string path = scratch.write("Some/Where", zone_file());
  CHECK(shown_in(path) == "11:00 -18000 EST");
  CHECK(shown_in(":" + path) == "11:00 -18000 EST");
  ::setenv("TZDIR", scratch.path().c_str(), 1);
  CHECK(shown_in("Some/Where") == "11:00 -18000 EST");
  CHECK(shown_in("Some") == "16:00 0 UTC");
  ::unsetenv("TZDIR");
}

TEST_CASE("a time is never shown under a zone that it is not in") {
  const Scratch scratch;
  ::setenv("TZDIR", scratch.path().c_str(), 1);
  for (const std::string& zone :
       {std::string("Europe/Berlin"), std::string("Nowhere"),
        std::string("CET-1CEST"), std::string("<x>3"), std::string(),
        std::string(":"), std::string("UTC"), std::string("../etc/passwd"),
        scratch.write("no-zone", "text"), scratch / "missing"}) {
    CAPTURE(zone);
    CHECK(shown_in(zone) == "16:00 0 UTC");
  }
  ::unsetenv("TZDIR");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
