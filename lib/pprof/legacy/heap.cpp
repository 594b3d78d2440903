// SPDX-License-Identifier: MIT
#include "base/arithmetic.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "pprof/legacy/formats.hpp"
#include "pprof/legacy/heap_sampling.hpp"
#include "pprof/legacy/lines.hpp"
#include "pprof/legacy/memory_map.hpp"
#include "pprof/legacy/numbers.hpp"
#include "pprof/legacy/pattern.hpp"
#include "pprof/legacy/profile_maker.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace kprofefe::pprof::legacy {
namespace {

struct Header {
  std::int64_t period = 1;
  /// Whether the numbers are those of samples.
  bool is_sampled = false;
  /// Whether what was freed is told apart from what is in use.
  bool has_allocations = false;
};

/// By the word behind the `@`.
std::optional<Header> header_of(std::string_view format, std::int64_t rate) {
  if (format == "heapz_v2" || format == "heap_v2") {
    return Header{.period = rate, .is_sampled = true};
  }
  if (format == "heap") {
    // Go and gperftools write twice the rate.
    return Header{.period = rate / 2, .is_sampled = true};
  }
  if (format == "heapprofile") {
    return Header{};
  }
  return std::nullopt;
}

/// gperftools' other profiles that look like one of the heap.
bool is_growth(std::string_view line) {
  static const Pattern pattern(
      R"(heap profile: *(\d+): *(\d+) *\[ *(\d+): *(\d+) *\] @ )"
      R"((?:growth|fragmentation)z?)");
  return pattern.find(line).has_value();
}

Parsed<Header> read_header(const Lines& lines) {
  static const Pattern pattern(
      R"(heap profile: *(\d+): *(\d+) *\[ *(\d+): *(\d+) *\])"
      R"( *@ *(heap[_a-z0-9]*)/?(\d*))");
  const auto found = pattern.find<6>(lines.line());
  if (!found) {
    if (is_growth(lines.line())) {
      return Header{};
    }
    return other_format(lines.line().starts_with("heap profile:")
                            ? lines.complain("invalid header")
                            : "");
  }
  const auto& [count, bytes, all_count, all_bytes, format, rate_text] = *found;
  const auto rate = rate_text.empty() ? std::int64_t{0}
                                      : parse_number<std::int64_t>(rate_text);
  if (!rate) {
    return other_format(lines.complain("the sampling rate is too large"));
  }
  std::optional<Header> header = header_of(format, *rate);
  if (!header) {
    return other_format(lines.complain("unknown kind of heap profile"));
  }
  header->has_allocations = (all_count != count && all_count != "0") ||
                            (all_bytes != bytes && all_bytes != "0");
  return *header;
}

class HeapReader {
 public:
  HeapReader(Lines& lines, const Header& header, const ReadLimits& limits)
      : lines_(lines), header_(header), maker_(limits, ReturnAddresses::all) {
    maker_.set_period("space", "bytes", header.period);
    if (header.has_allocations) {
      maker_.add_type("alloc_objects", "count");
      maker_.add_type("alloc_space", "bytes");
      maker_.add_type("inuse_objects", "count");
      maker_.add_type("inuse_space", "bytes");
    } else {
      maker_.add_type("objects", "count");
      maker_.add_type("space", "bytes");
    }
  }

  Parsed<void> read_samples() {
    while (lines_.next()) {
      if (is_blank_or_comment(lines_.line())) {
        continue;
      }
      if (starts_memory_map(lines_.line())) {
        break;
      }
      TRY(read_sample());
    }
    return lines_.check();
  }

  [[nodiscard]] Profile& profile() { return maker_.profile(); }

 private:
  Parsed<void> read_sample() {
    static const Pattern pattern(
        R"((-?\d+): *(-?\d+) *\[ *(\d+): *(\d+) *] @([ x0-9a-f]*))");
    const auto found = pattern.find<5>(trim(lines_.line()));
    if (!found) {
      return damaged(
          lines_.complain("not a sample like \"1: 64 [2: 128] @ 0x401234\""));
    }
    const auto& [count, bytes, all_count, all_bytes, stack] = *found;
    values_.clear();
    block_bytes_ = 0;
    if (header_.has_allocations) {
      TRY(add_values(all_count, all_bytes));
    }
    TRY(add_values(count, bytes));
    addresses_.clear();
    if (auto added = add_addresses(stack, addresses_); !added) {
      return damaged(lines_.at_line(added.error().why));
    }
    TRY(maker_.add_sample(values_, addresses_));
    maker_.add_label("bytes", block_bytes_);
    return {};
  }

  Parsed<void> add_values(std::string_view count_text,
                          std::string_view bytes_text) {
    const auto count = parse_number<std::int64_t>(count_text);
    const auto bytes = parse_number<std::int64_t>(bytes_text);
    if (!count || !bytes) {
      return damaged(lines_.complain("a number has more than 64 bits"));
    }
    if (*count == 0 && *bytes != 0) {
      return damaged(lines_.complain("bytes of no blocks"));
    }
    Blocks blocks{.count = *count, .bytes = *bytes};
    if (*count != 0) {
      block_bytes_ = quotient(*bytes, *count);
      if (header_.is_sampled) {
        blocks = unsampled(blocks, header_.period);
      }
    }
    values_.push_back(blocks.count);
    values_.push_back(blocks.bytes);
    return {};
  }

  Lines& lines_;
  Header header_;
  ProfileMaker maker_;
  /// Of the sample that is being read.
  std::vector<std::int64_t> values_;
  std::vector<std::uint64_t> addresses_;
  std::int64_t block_bytes_ = 0;
};

}  // namespace

Parsed<Profile> read_heap(std::string_view text, const ReadLimits& limits) {
  Lines lines(text);
  if (!lines.next()) {
    return other_format();
  }
  TRY_ASSIGN(const Header header, read_header(lines));
  HeapReader reader(lines, header, limits);
  TRY(reader.read_samples());
  TRY(find_memory_map(lines, reader.profile(), limits));
  return std::move(reader.profile());
}

}  // namespace kprofefe::pprof::legacy
