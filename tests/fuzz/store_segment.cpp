// SPDX-License-Identifier: MIT
#include "fuzz_target.hpp"

#include "support/segment_bytes.hpp"

#include <cstdint>
#include <string_view>
#include <variant>

namespace {

using namespace kprofefe::store;

/// Where it begins and ends.
struct Extent {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

Extent extent_of(const Scanned& found) {
  if (const auto* const record = std::get_if<ScannedRecord>(&found)) {
    return {.begin = record->offset, .end = record->end};
  }
  const auto& damage = std::get<DamagedBytes>(found);
  return {.begin = damage.begin, .end = damage.end};
}

}  // namespace

/// What a scanner says covers every byte once; damage ends where a record
/// begins, or the segment ends.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view segment(reinterpret_cast<const char*>(data), size);
  std::uint64_t at = 0;
  bool was_damage = false;
  for (const Scanned& found : scan(segment)) {
    const Extent extent = extent_of(found);
    const bool is_damage = std::holds_alternative<DamagedBytes>(found);
    check(extent.begin == at && extent.end > at);
    check(!is_damage || !was_damage);
    at = extent.end;
    was_damage = is_damage;
  }
  check(at == size);
  return 0;
}
