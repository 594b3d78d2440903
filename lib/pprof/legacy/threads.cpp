// SPDX-License-Identifier: MIT
#include "base/text.hpp"
#include "pprof/legacy/formats.hpp"
#include "pprof/legacy/lines.hpp"
#include "pprof/legacy/memory_map.hpp"
#include "pprof/legacy/numbers.hpp"
#include "pprof/legacy/pattern.hpp"
#include "pprof/legacy/profile_maker.hpp"
#include "pprof/legacy/stacks.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::pprof::legacy {
namespace {

bool starts_profile(std::string_view line) {
  static const Pattern pattern(R"(--- threadz \d+ ---)");
  return pattern.find(line).has_value();
}

bool starts_thread(std::string_view line) {
  static const Pattern pattern(
      R"(--- Thread [[:xdigit:]]+ \(name: .*/\d+\) stack: ---)");
  return pattern.find(line).has_value();
}

class ThreadReader {
 public:
  ThreadReader(Lines& lines, const ReadLimits& limits)
      : lines_(lines), maker_(limits, ReturnAddresses::but_leaf) {
    maker_.set_period("thread", "count", 1);
    maker_.add_type("thread", "count");
  }

  /// From the line on that starts a thread. Ends at a memory map, or before
  /// threads without stacks.
  Parsed<void> read_all() {
    line_ = lines_.line();
    while (!starts_memory_map(line_) &&
           !line_.starts_with("---- no stack trace for")) {
      if (!starts_thread(line_)) {
        return other_format(lines_.at_line(
            "neither \"--- Thread ID (name: NAME/NUMBER) stack: ---\" nor "
            "\"--- Memory map: ---\""));
      }
      TRY(read_thread());
    }
    return {};
  }

  [[nodiscard]] Profile& profile() { return maker_.profile(); }

 private:
  Parsed<void> read_thread() {
    TRY(read_stack());
    if (!addresses_.empty()) {
      return maker_.add_sample(std::array{std::int64_t{1}}, addresses_);
    }
    if (!profile().samples.empty()) {
      ++profile().values.back();
    }
    return {};
  }

  /// The stack of one thread, none for the same as before; line_ is the first
  /// line behind it, or the last of all.
  Parsed<void> read_stack() {
    bool is_same = false;
    addresses_.clear();
    line_ = {};
    while (lines_.next()) {
      line_ = trim(lines_.line());
      if (line_.starts_with("---")) {
        break;
      }
      if (line_.contains("same as previous thread")) {
        is_same = true;
      } else if (auto added = add_addresses(line_, addresses_); !added) {
        return damaged(lines_.at_line(added.error().why));
      }
    }
    if (is_same) {
      addresses_.clear();
    }
    return lines_.check();
  }

  Lines& lines_;
  std::string_view line_;
  ProfileMaker maker_;
  /// Of the thread that is being read.
  std::vector<std::uint64_t> addresses_;
};

/// Goes to what the first thread starts with. Refusals: other_format.
Parsed<void> find_first_thread(Lines& lines) {
  while (lines.next() && is_blank_or_comment(lines.line())) {
  }
  if (starts_profile(lines.line())) {
    while (lines.next() && !starts_memory_map(lines.line()) &&
           !lines.line().starts_with('-')) {
    }
    return {};
  }
  if (!starts_thread(lines.line())) {
    return other_format();
  }
  return {};
}

}  // namespace

Parsed<Profile> read_threads(std::string_view text, const ReadLimits& limits) {
  Lines lines(text);
  TRY(find_first_thread(lines));
  ThreadReader reader(lines, limits);
  TRY(reader.read_all());
  TRY(find_memory_map(lines, reader.profile(), limits));
  drop_doubled_leaves(reader.profile());
  return std::move(reader.profile());
}

}  // namespace kprofefe::pprof::legacy
