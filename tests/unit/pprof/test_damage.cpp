// SPDX-License-Identifier: MIT
#include "data.hpp"

#include "pprof/check.hpp"
#include "pprof/detect.hpp"
#include "pprof/read.hpp"
#include "pprof/summary.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

constexpr std::uint64_t k_plenty = 1U << 20;

const std::vector<std::string>& real_profiles() {
  static const std::vector<std::string> profiles = [] {
    std::vector<std::string> bodies;
    for (const char* name :
         {"cpu.pb.gz", "heap_delta.pb.gz", "heap.pb.gz", "block.pb.gz",
          "mutex.pb.gz", "goroutine.pb.gz", "block_empty.pb.gz"}) {
      bodies.push_back(test::real(name));
    }
    return bodies;
  }();
  return profiles;
}

std::string plain(const std::string& body) {
  Result<std::string> message = inflate_body(body, k_plenty);
  REQUIRE(message);
  return *message;
}

/// Every reader gets the bytes; what they make of them must not be a crash,
/// and a refusal must say something. Whether the check found no fault.
bool all_readers_live(std::string_view body) {
  bool fine = true;
  static BodyChecker checker;
  const Result<Content> full = checker.check(body);
  fine &= full || full.error().message.size() > 10;
  fine &= check_body(body, {}).has_value() == full.has_value();
  const Result<Summary> summary = read_summary(body, k_plenty);
  fine &= summary || summary.error().message.size() > 10;
  const Result<Profile> whole = read_profile(body);
  fine &= whole || whole.error().message.size() > 10;
  if (summary) {
    detect_kind(*summary, "mutex.pb.gz");
    fine &= full.has_value();
  }
  CHECK(fine);
  return full.has_value();
}

TEST_CASE("a compressed profile cut at any byte is found out") {
  for (const std::string& body : real_profiles()) {
    CAPTURE(body.size());
    std::size_t accepted = 0;
    for (std::size_t size = 0; size < body.size(); ++size) {
      accepted +=
          all_readers_live(std::string_view(body).substr(0, size)) ? 1 : 0;
    }
    CHECK(accepted == 0);
    CHECK(all_readers_live(body));
  }
}

TEST_CASE("a plain profile cut at any byte crashes nobody") {
  for (const std::string& body : real_profiles()) {
    const std::string message = plain(body);
    CAPTURE(message.size());
    std::size_t accepted = 0;
    for (std::size_t size = 0; size < message.size(); ++size) {
      accepted +=
          all_readers_live(std::string_view(message).substr(0, size)) ? 1 : 0;
    }
    // Only where a field ends can a cut go unseen.
    CHECK(accepted < message.size() / 4);
    CHECK(all_readers_live(message));
  }
}

TEST_CASE("any byte turned over is found out by gzip or crashes nobody") {
  constexpr std::size_t k_gzip_header = 10;
  for (const std::string& body : real_profiles()) {
    CAPTURE(body.size());
    std::string damaged = body;
    std::size_t accepted = 0;
    for (std::size_t at = 0; at < body.size(); ++at) {
      damaged[at] = static_cast<char>(~body[at]);
      const bool fine = all_readers_live(damaged);
      accepted += fine && at >= k_gzip_header ? 1 : 0;
      damaged[at] = body[at];
    }
    CHECK(accepted == 0);
  }
}

TEST_CASE("any byte of a plain profile changed crashes nobody") {
  for (const std::string_view name : {"block_empty.pb.gz", "mutex.pb.gz"}) {
    const std::string body = plain(test::real(std::string(name)));
    std::string damaged = body;
    for (std::size_t at = 0; at < body.size(); ++at) {
      for (const unsigned byte : {0x00U, 0x01U, 0x0aU, 0x7fU, 0x80U, 0xffU}) {
        damaged[at] = static_cast<char>(byte);
        all_readers_live(damaged);
      }
      damaged[at] = body[at];
    }
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
