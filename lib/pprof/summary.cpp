// SPDX-License-Identifier: MIT
#include "pprof/summary.hpp"

#include "pprof/foreign.hpp"
#include "pprof/leaf_functions.hpp"
#include "pprof/wire.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace kprofefe::pprof {
namespace {

// Go writes four sample types at most.
constexpr std::size_t k_max_sample_types = 1000;
constexpr std::size_t k_max_comments = 64;

/// A ValueType message: both are indices into the string table.
struct RawValueType {
  std::uint64_t type = 0;
  std::uint64_t unit = 0;
};

/// What points into the string table, which mostly comes last.
struct RawNames {
  std::vector<RawValueType> sample_types;
  std::optional<RawValueType> period_type;
  std::uint64_t default_sample_type = 0;
  std::vector<std::uint64_t> comments;
  std::set<std::uint64_t> leaf_functions;
};

bool take_value_type(const Field& field, RawValueType& raw) {
  return for_each_field(field.bytes, [&](const Field& part) {
    raw.type = part.number == 1 ? part.value : raw.type;
    raw.unit = part.number == 2 ? part.value : raw.unit;
    return true;
  });
}

bool take_comments(const Field& field, std::vector<std::uint64_t>& comments) {
  return for_each_number(field, [&](std::uint64_t comment) {
    if (comments.size() < k_max_comments) {
      comments.push_back(comment);
    }
  });
}

bool take_name(const Field& field, RawNames& names) {
  switch (field.number) {
    case 1:
      return names.sample_types.size() < k_max_sample_types &&
             take_value_type(field, names.sample_types.emplace_back());
    case 11:
      return take_value_type(field, names.period_type.emplace());
    case 13:
      return take_comments(field, names.comments);
    case 14:
      names.default_sample_type = field.value;
      return true;
    default:
      return true;
  }
}

void take_number(const Field& field, Summary& summary) {
  const auto number = static_cast<std::int64_t>(field.value);
  switch (field.number) {
    case 2:
      ++summary.samples;
      break;
    case 3:
      ++summary.mappings;
      break;
    case 4:
      ++summary.locations;
      break;
    case 5:
      ++summary.functions;
      break;
    case 9:
      summary.time_nanos = number;
      break;
    case 10:
      summary.duration_nanos = number;
      break;
    case 12:
      summary.period = number;
      break;
    default:
      break;
  }
}

/// Those strings of a profile's table that somebody asks for.
class Strings {
 public:
  void want(std::uint64_t index) { wanted_.emplace(index, std::string()); }

  /// Errors: malformed, when a wanted string does not exist.
  Result<void> find(std::string_view profile) {
    std::uint64_t count = 0;
    const auto take = [&](const Field& field) {
      const auto wanted =
          field.number == 6 ? wanted_.find(count++) : wanted_.end();
      if (wanted != wanted_.end()) {
        wanted->second = field.bytes;
      }
      return true;
    };
    TRY(for_each_profile_field(profile, take));
    // The first string is always "", so a profile without any has that one.
    const std::uint64_t last = wanted_.empty() ? 0 : wanted_.rbegin()->first;
    if (last >= std::max<std::uint64_t>(count, 1)) {
      return fail(
          ErrorKind::malformed,
          fmt::format("broken profile: it names string {} of {}", last, count));
    }
    return {};
  }

  [[nodiscard]] const std::string& at(std::uint64_t index) const {
    return wanted_.at(index);
  }

 private:
  std::map<std::uint64_t, std::string> wanted_;
};

void want_all(const RawNames& names, Strings& strings) {
  for (const RawValueType& raw : names.sample_types) {
    strings.want(raw.type);
    strings.want(raw.unit);
  }
  if (names.period_type) {
    strings.want(names.period_type->type);
    strings.want(names.period_type->unit);
  }
  strings.want(names.default_sample_type);
  std::ranges::for_each(names.comments,
                        [&](std::uint64_t index) { strings.want(index); });
  std::ranges::for_each(names.leaf_functions,
                        [&](std::uint64_t index) { strings.want(index); });
}

void resolve(const RawNames& names, const Strings& strings, Summary& summary) {
  for (const RawValueType& raw : names.sample_types) {
    summary.sample_types.push_back(
        {strings.at(raw.type), strings.at(raw.unit)});
  }
  if (names.period_type) {
    summary.period_type = {strings.at(names.period_type->type),
                           strings.at(names.period_type->unit)};
  }
  summary.default_sample_type = strings.at(names.default_sample_type);
  for (const std::uint64_t index : names.comments) {
    summary.comments.push_back(strings.at(index));
  }
  for (const std::uint64_t index : names.leaf_functions) {
    summary.leaf_functions.push_back(strings.at(index));
  }
  std::ranges::sort(summary.leaf_functions);
  const auto twice = std::ranges::unique(summary.leaf_functions);
  summary.leaf_functions.erase(twice.begin(), twice.end());
}

}  // namespace

Result<Summary> read_summary(std::string_view body,
                             std::uint64_t max_inflated_bytes) {
  Summary summary;
  if (is_trace(body)) {
    summary.content = Content::trace;
    return summary;
  }
  TRY_ASSIGN(const std::string profile, inflate_body(body, max_inflated_bytes));
  RawNames names;
  TRY(for_each_profile_field(profile, [&](const Field& field) {
    take_number(field, summary);
    return take_name(field, names);
  }));
  TRY_ASSIGN(names.leaf_functions, leaf_function_names(profile));
  Strings strings;
  want_all(names, strings);
  TRY(strings.find(profile));
  resolve(names, strings, summary);
  summary.content = summary.samples == 0 ? Content::empty : Content::samples;
  return summary;
}

}  // namespace kprofefe::pprof
