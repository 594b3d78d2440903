// SPDX-License-Identifier: MIT
#include "profefe/outage.hpp"

#include <doctest/doctest.h>

namespace kprofefe::profefe {
namespace {

using namespace std::chrono_literals;

const Outage::Time k_start = Outage::Time() + 1h;

TEST_SUITE_BEGIN("profefe::Outage");

TEST_CASE("the patience is spent while the server is away") {
  Outage outage(60s);
  CHECK(outage.left(k_start + 10h) == 60s);

  outage.note_failure(k_start);
  outage.note_failure(k_start + 5s);

  CHECK(outage.left(k_start + 20s) == 40s);
  CHECK_FALSE(outage.is_given_up(k_start + 59s));
  CHECK(outage.is_given_up(k_start + 60s));
  CHECK(outage.left(k_start + 1h) == 0s);
}

TEST_CASE("a second outage has what the first has left") {
  Outage outage(60s);
  outage.note_failure(k_start);
  outage.end(k_start + 40s);
  CHECK_FALSE(outage.is_given_up(k_start + 10h));

  outage.note_failure(k_start + 100s);

  CHECK(outage.is_given_up(k_start + 120s));
}

TEST_CASE("a try that began before the last answer begins no outage") {
  Outage outage(60s);
  outage.end(k_start + 10s);

  outage.note_failure(k_start);

  CHECK(outage.left(k_start + 1h) == 60s);
  CHECK(outage.has_answered_since(k_start));
  CHECK_FALSE(outage.has_answered_since(k_start + 10s));
}

TEST_CASE("a server that is given up is asked now and then, by one") {
  Outage outage(0s);
  outage.note_failure(k_start);
  REQUIRE(outage.is_given_up(k_start));

  CHECK(outage.may_probe(k_start));
  CHECK_FALSE(outage.may_probe(k_start + 1s));
  CHECK(outage.may_probe(k_start + 6s));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::profefe
