// SPDX-License-Identifier: MIT
#include "data.hpp"

#include "pprof/check.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <new>
#include <string>

namespace {

// The tests run on one thread.
std::size_t g_allocations = 0;

}  // namespace

// zlib's own allocations are not seen here; they come from the reader's arena.
void* operator new(std::size_t bytes) {
  ++g_allocations;
  if (void* memory = std::malloc(bytes)) {
    return memory;
  }
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t /*bytes*/) noexcept {
  std::free(memory);
}

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

TEST_CASE("the check of a good body allocates nothing after the first") {
  BodyChecker checker;
  REQUIRE(checker.check(test::real("heap.pb.gz")));
  for (const char* name : {"heap.pb.gz", "cpu.pb.gz", "heap_delta.pb.gz",
                           "block_empty.pb.gz", "trace.trace"}) {
    CAPTURE(name);
    const std::string body = test::real(name);

    const std::size_t before = g_allocations;
    const bool at_once = checker.check(body).has_value();
    const bool in_pieces = check_body(body, {}).has_value();
    const std::size_t after = g_allocations;

    CHECK(at_once);
    CHECK(in_pieces);
    CHECK(after - before == 0);
  }
  CHECK(g_allocations > 0);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
