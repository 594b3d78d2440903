// SPDX-License-Identifier: MIT
#include "collect/profile_file_name.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <set>
#include <string>

namespace kprofefe::collect {
namespace {

const Target k_target{.ns = "shop", .pod = "api"};

FetchedProfile profile(std::string_view bytes,
                       const Target* target = &k_target) {
  return {.target = target,
          .kind = pprof::ProfileKind::heap,
          .taken_at = SystemTime(std::chrono::seconds(1700000000)),
          .bytes = bytes};
}

TEST_SUITE_BEGIN("collect::profile_file_name");

TEST_CASE("type, namespace, pod and time are in it, and the copy") {
  CHECK(profile_file_name(profile(""), 0) ==
        "profile-heap-shop_api-1700000000.pb.gz");
  CHECK(profile_file_name(profile(""), 12) ==
        "profile-heap-shop_api-1700000000-12.pb.gz");
}

TEST_CASE("a trace is no .pb.gz") {
  FetchedProfile trace = profile("");
  trace.kind = pprof::ProfileKind::trace;
  CHECK(profile_file_name(trace, 0) ==
        "profile-trace-shop_api-1700000000.trace");
}

TEST_CASE("names that differ only in where the namespace ends do not collide") {
  const Target a{.ns = "a-b", .pod = "c"};
  const Target b{.ns = "a", .pod = "b-c"};
  FetchedProfile of_a = profile("");
  of_a.target = &a;
  FetchedProfile of_b = profile("");
  of_b.target = &b;
  CHECK(profile_file_name(of_a, 0) != profile_file_name(of_b, 0));
}

TEST_CASE("a name that is too long is cut, and stays apart from its like") {
  std::set<std::string> names;
  for (const char* last : {"x", "y"}) {
    const Target target{.ns = std::string(63, 'n'),
                        .pod = std::string(200, 'a') + last};
    for (const int copy : {0, 1, 12}) {
      const std::string name = profile_file_name(profile("", &target), copy);
      CHECK(name.size() == k_max_name_bytes);
      CHECK(name.starts_with("profile-heap-nnn"));
      CHECK(name.ends_with(".pb.gz"));
      names.insert(name);
    }
  }
  CHECK(names.size() == 6);
}

TEST_CASE("the cut is where the file system has it, and not before") {
  const std::string whole = profile_file_name(profile(""), 0);
  CHECK(profile_file_name(profile(""), 0, whole.size()) == whole);
  const Target target{.ns = "shop", .pod = std::string(100, 'a')};
  const std::string cut = profile_file_name(profile("", &target), 0, 80);
  CHECK(cut.size() == 80);
  CHECK(cut == profile_file_name(profile("", &target), 0, 80));
  CHECK(cut.find("-shop_aaa") != std::string::npos);
  CHECK(cut.find("a~") != std::string::npos);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
