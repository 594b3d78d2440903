// SPDX-License-Identifier: MIT
#include "cmd/capture_flags.hpp"

#include <doctest/doctest.h>

namespace kprofefe::cmd {
namespace {

using namespace std::chrono_literals;

TEST_SUITE_BEGIN("cmd::validate");

TEST_CASE("the defaults are kube-profefe's seven profiles and thirty seconds") {
  const Result<CaptureOptions> options = validate({});

  REQUIRE(options);
  CHECK(options->plan.kinds.size() == 7);
  CHECK(options->plan.cpu_time == 30s);
  CHECK(options->plan.trace_time == 1s);
  CHECK(options->plan.slack == 15s);
  CHECK(options->fetch.max_body_bytes == options->memory / 2);
}

TEST_CASE("a trace samples as long as asked, when it was asked") {
  CaptureFlags flags;
  flags.seconds = 5;
  flags.seconds_given = true;

  const Result<CaptureOptions> options = validate(flags);

  REQUIRE(options);
  CHECK(options->plan.trace_time == 5s);
}

TEST_CASE(
    "the memory follows the container's limit, and is no more than needed") {
  CHECK(default_memory(std::nullopt) == 64 << 20);
  CHECK(default_memory(std::size_t{1} << 40) == 64 << 20);
  CHECK(default_memory(256 << 20) == 64 << 20);
  CHECK(default_memory(100 << 20) == 40 << 20);
}

TEST_CASE("the largest profile is half of the memory, or makes it larger") {
  CaptureFlags flags;
  flags.memory = "10MiB";
  CHECK(validate(flags)->fetch.max_body_bytes == 5 << 20);

  flags.memory.clear();
  flags.max_profile_size = "500MiB";
  CHECK(validate(flags)->memory == std::size_t{1000} << 20);
  CHECK(validate(flags)->fetch.max_body_bytes == 500 << 20);
}

struct Row {
  const char* name;
  void (*spoil)(CaptureFlags&);
  const char* words;
};

TEST_CASE("a flag that makes no sense is named") {
  const Row rows[] = {
      {"profile", [](CaptureFlags& f) { f.profiles = "cpu,hep"; },
       "--profiles: "},
      {"timeout", [](CaptureFlags& f) { f.timeout = "soon"; }, "--timeout: "},
      {"no time", [](CaptureFlags& f) { f.connect_timeout = "0"; },
       "--connect-timeout: "},
      {"size", [](CaptureFlags& f) { f.max_profile_size = "big"; },
       "--max-profile-size: "},
      {"memory", [](CaptureFlags& f) { f.memory = "-1"; }, "--memory: "},
      {"both sizes",
       [](CaptureFlags& f) {
         f.memory = "10MiB";
         f.max_profile_size = "6MiB";
       },
       "--max-profile-size 6MiB is more than half of --memory 10MiB"},
      {"rate", [](CaptureFlags& f) { f.min_rate = "slow"; }, "--min-rate: "},
      {"patience", [](CaptureFlags& f) { f.delivery_patience = "long"; },
       "--delivery-patience: "},
      {"inflated", [](CaptureFlags& f) { f.max_inflated_size = "big"; },
       "--max-inflated-size: "},
      {"parsed", [](CaptureFlags& f) { f.max_parsed_size = "-1"; },
       "--max-parsed-size: "},
      {"format", [](CaptureFlags& f) { f.output = "xml"; }, "--output: "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CaptureFlags flags;
    row.spoil(flags);

    const Result<CaptureOptions> options = validate(flags);

    REQUIRE_FALSE(options);
    CHECK(options.error().kind == ErrorKind::usage);
    CHECK(options.error().message.starts_with(row.words));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
