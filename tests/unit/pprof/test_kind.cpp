// SPDX-License-Identifier: MIT
#include "pprof/kind.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

TEST_CASE("every kind has a name of its own that is read back") {
  std::set<std::string_view> names;
  for (const ProfileKind kind : k_profile_kinds) {
    const std::string_view name = kind_name(kind);
    CAPTURE(name);
    CHECK(names.insert(name).second);
    const Result<ProfileKind> read = parse_kind(name);
    REQUIRE(read);
    CHECK(*read == kind);
  }
  CHECK(names.size() == 8);
}

TEST_CASE("the endpoint is the name, but profile for cpu") {
  for (const ProfileKind kind : k_profile_kinds) {
    CAPTURE(kind_name(kind));
    CHECK(endpoint_name(kind) ==
          (kind == ProfileKind::cpu ? "profile" : kind_name(kind)));
  }
}

TEST_CASE("only cpu and trace sample over time") {
  for (const ProfileKind kind : k_profile_kinds) {
    CAPTURE(kind_name(kind));
    CHECK(samples_over_time(kind) ==
          (kind == ProfileKind::cpu || kind == ProfileKind::trace));
  }
}

TEST_CASE("the default is every kind but trace") {
  const std::vector<ProfileKind> kinds(k_default_kinds.begin(),
                                       k_default_kinds.end());
  const Result<std::vector<ProfileKind>> written =
      parse_kinds("cpu,heap,allocs,block,mutex,goroutine,threadcreate");
  REQUIRE(written);
  CHECK(kinds == *written);
}

TEST_CASE("parse_kinds keeps the order and counts a name once") {
  using enum ProfileKind;

  struct Row {
    std::string_view list;
    std::vector<ProfileKind> kinds;
  };

  const std::vector<Row> rows = {
      {"cpu", {cpu}},
      {"heap,cpu", {heap, cpu}},
      {"heap, cpu ,heap", {heap, cpu}},
      {"trace", {trace}},
      {"all",
       {cpu, heap, allocs, block, mutex, goroutine, threadcreate, trace}},
      {"mutex,all",
       {mutex, cpu, heap, allocs, block, goroutine, threadcreate, trace}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.list);
    const Result<std::vector<ProfileKind>> kinds = parse_kinds(row.list);
    REQUIRE(kinds);
    CHECK(*kinds == row.kinds);
  }
}

TEST_CASE("an unknown name is a usage error that lists the valid ones") {
  const Result<std::vector<ProfileKind>> kinds = parse_kinds("cpu,foo");
  REQUIRE_FALSE(kinds);
  CHECK(kinds.error().kind == ErrorKind::usage);
  CHECK(kinds.error().message ==
        "unknown profile \"foo\": use one of cpu, heap, allocs, block, mutex, "
        "goroutine, threadcreate, trace, all");
}

TEST_CASE("a single kind cannot be all") {
  const Result<ProfileKind> kind = parse_kind("all");
  REQUIRE_FALSE(kind);
  CHECK(kind.error().message.ends_with("threadcreate, trace"));
}

TEST_CASE("a near miss is told what was probably meant") {
  struct Row {
    std::string_view name;
    std::string_view meant;
  };

  for (const Row& row :
       {Row{"CPU", "cpu"}, Row{"profile", "cpu"}, Row{"memory", "heap"},
        Row{"hepa", "heap"}, Row{"goroutines", "goroutine"},
        Row{"alloc", "allocs"}, Row{"threads", "threadcreate"},
        Row{"mutexes", "mutex"}, Row{"blok", "block"},
        Row{"threadcreat", "threadcreate"}}) {
    CAPTURE(row.name);
    const Result<ProfileKind> kind = parse_kind(row.name);
    REQUIRE_FALSE(kind);
    CHECK(kind.error().message.find(" (did you mean \"" +
                                    std::string(row.meant) +
                                    "\"?): use one of ") != std::string::npos);
  }
}

TEST_CASE("a name that resembles none gets no guess") {
  for (const std::string& name :
       {std::string("x"), std::string("whatever"), std::string(100'000, 'c')}) {
    const Result<ProfileKind> kind = parse_kind(name);
    REQUIRE_FALSE(kind);
    CHECK(kind.error().message.find("did you mean") == std::string::npos);
    CHECK(kind.error().message.size() < 200);
  }
}

TEST_CASE("empty names are refused") {
  for (const std::string_view list :
       {"", ",", "cpu,", ",cpu", "cpu,,heap", " "}) {
    CAPTURE(list);
    const Result<std::vector<ProfileKind>> kinds = parse_kinds(list);
    REQUIRE_FALSE(kinds);
    CHECK(kinds.error().kind == ErrorKind::usage);
    CHECK(kinds.error().message.starts_with(
        "empty profile name: use one of cpu, "));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
