// SPDX-License-Identifier: MIT
#include "fuzz_target.hpp"

#include "goroutines/render.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace kprofefe::goroutines;

std::string read_in_steps(std::string_view text, std::size_t step) {
  constexpr std::size_t k_max_bytes = 100'000;
  Groups groups({.keeps_members = true, .max_bytes = k_max_bytes});
  DumpReader reader(&groups, {.name = "dump"});
  for (; !text.empty(); text.remove_prefix(std::min(step, text.size()))) {
    reader.feed(text.substr(0, step));
  }
  reader.finish();
  std::string rendered;
  const kprofefe::Sink append = [&](std::string_view piece) {
    rendered += piece;
    return true;
  };
  render_text(groups, SortBy::wait, append);
  render_json(groups, SortBy::count, append);
  std::uint64_t counted = groups.not_grouped();
  for (const Group* const group : groups.sorted(SortBy::count)) {
    counted += group->count;
  }
  if (counted != groups.goroutines()) {
    std::abort();  // without a filter every goroutine is somewhere
  }
  return rendered;
}

}  // namespace

/// The first byte says how the dump is cut; the cut must not matter.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view text(reinterpret_cast<const char*>(data) + 1,
                              size - 1);
  if (read_in_steps(text, size) !=
      read_in_steps(text, std::size_t{1} + data[0])) {
    std::abort();
  }
  return 0;
}
