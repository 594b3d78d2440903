// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/label_units.hpp"
#include "pprof/profile.hpp"
#include "pprof/regex.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {

/// Numbers from `from` to `to`, both included, in `unit`.
struct TagRange {
  std::optional<double> from;
  std::optional<double> to;
  std::string unit;

  [[nodiscard]] bool contains(std::int64_t number,
                              std::string_view number_unit) const;
};

/// Reads `32kb`, `:64kb`, `4mb:` and `12kb:64mb`; nothing when it is another
/// thing or two units do not fit together. Errors: usage, for numbers of more
/// than 64 bits.
Result<std::optional<TagRange>> parse_tag_range(std::string_view text);

/// What -tagfocus or -tagignore asks of a sample.
class TagFilter {
 public:
  /// `text`: see Filters::tag_focus. Errors: usage.
  static Result<TagFilter> parse(std::string_view text);

  /// Of it the part that is a range, for a remark; empty when it is none.
  [[nodiscard]] std::string_view range_text() const { return range_text_; }

  [[nodiscard]] bool matches(const Profile& profile, const Sample& sample,
                             const LabelUnits& units) const;

 private:
  [[nodiscard]] bool matches_range(const Profile& profile, const Sample& sample,
                                   const LabelUnits& units) const;
  [[nodiscard]] bool matches_key(const Profile& profile,
                                 const Sample& sample) const;
  [[nodiscard]] bool matches_any(const Profile& profile,
                                 const Sample& sample) const;

  std::string key_;
  std::string range_text_;
  TagRange range_;
  std::vector<Regex> expressions_;
};

}  // namespace kprofefe::pprof
