// SPDX-License-Identifier: MIT
#include "pprof/legacy/formats.hpp"
#include "pprof/legacy/java_locations.hpp"
#include "pprof/legacy/lines.hpp"
#include "pprof/legacy/memory_map.hpp"
#include "pprof/legacy/numbers.hpp"
#include "pprof/legacy/profile_maker.hpp"
#include "pprof/legacy/stacks.hpp"
#include "pprof/legacy/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace kprofefe::pprof::legacy {
namespace {

/// A profile behind its header.
struct CpuData {
  Words words;
  std::int64_t period_nanos = 0;
  bool is_java = false;
};

std::optional<CpuData> read_header(std::string_view bytes, WordFormat format) {
  Words words(bytes, format);
  std::array<std::uint64_t, 5> header{};
  std::ranges::generate(header, [&] { return words.next(); });
  const auto [zero, version, java, period_micros, padding] = header;
  if (words.is_cut() || zero != 0 || version != 3 || java > 1 ||
      period_micros == 0 || padding != 0) {
    return std::nullopt;
  }
  constexpr std::int64_t k_nanos_per_micro = 1000;
  return CpuData{
      .words = words,
      .period_nanos = product_of(static_cast<std::int64_t>(period_micros),
                                 k_nanos_per_micro),
      .is_java = java == 1};
}

std::optional<CpuData> find_header(std::string_view bytes) {
  constexpr std::array k_formats = {
      WordFormat{.bytes = 4}, WordFormat{.bytes = 4, .is_big_endian = true},
      WordFormat{.bytes = 8}, WordFormat{.bytes = 8, .is_big_endian = true}};
  for (const WordFormat& format : k_formats) {
    if (const auto found = read_header(bytes, format)) {
      return found;
    }
  }
  return std::nullopt;
}

/// Up to the end mark or the end of the data. A last stack that is cut off is
/// filled up with zeros, as pprof does, unless it is too long by far.
Parsed<void> read_stacks(Words& words, ProfileMaker& maker) {
  std::vector<std::uint64_t> addresses;
  for (std::size_t stack = 1; !words.rest().empty(); ++stack) {
    const std::uint64_t count = words.next();
    const std::uint64_t depth = words.next();
    if (words.is_cut() || depth > words.rest().size() / 4) {
      return other_format(
          fmt::format("stack {}: the data ends within it", stack));
    }
    addresses.resize(depth);
    std::ranges::generate(addresses, [&] { return words.next(); });
    if (count == 0 && depth == 1 && addresses[0] == 0) {
      return {};
    }
    const auto samples = static_cast<std::int64_t>(count);
    const std::array values = {samples,
                               product_of(samples, maker.profile().period)};
    TRY(maker.add_sample(values, addresses));
  }
  return {};
}

}  // namespace

Parsed<Profile> read_cpu(std::string_view bytes, const ReadLimits& limits) {
  std::optional<CpuData> data = find_header(bytes);
  if (!data) {
    return other_format();
  }
  ProfileMaker maker(limits, data->is_java ? ReturnAddresses::none
                                           : ReturnAddresses::but_leaf);
  maker.set_period("cpu", "nanoseconds", data->period_nanos);
  maker.add_type("samples", "count");
  maker.add_type("cpu", "nanoseconds");
  TRY(read_stacks(data->words, maker));
  if (data->is_java) {
    TRY(read_java_locations(data->words.rest(), maker));
    return std::move(maker.profile());
  }
  drop_signal_handler(maker.profile());
  keep_named_locations(maker.profile());
  Lines lines(data->words.rest());
  if (auto read = read_memory_map(lines, maker.profile(), limits); !read) {
    read.error().why.insert(0, "memory map: ");
    return std::unexpected(std::move(read.error()));
  }
  drop_doubled_leaves(maker.profile());
  return std::move(maker.profile());
}

}  // namespace kprofefe::pprof::legacy
