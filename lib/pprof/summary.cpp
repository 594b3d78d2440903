// SPDX-License-Identifier: MIT
#include "pprof/summary.hpp"

#include "pprof/foreign.hpp"
#include "pprof/wire/leaf_functions.hpp"
#include "pprof/wire/profile_fields.hpp"
#include "pprof/wire/value_type.hpp"
#include "pprof/wire/wire.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace kprofefe::pprof {
namespace {

// Go writes four sample types at most.
constexpr std::size_t k_max_sample_types = 10'000;
constexpr std::size_t k_max_comments = 64;

/// What points into the string table, which mostly comes last.
struct RawNames {
  std::vector<RawValueType> sample_types;
  std::optional<RawValueType> period_type;
  std::uint64_t default_sample_type = 0;
  std::vector<std::uint64_t> comments;
  std::set<std::uint64_t> leaf_functions;
};

bool take_comments(const Field& field, std::vector<std::uint64_t>& comments) {
  return for_each_number(field, [&](std::uint64_t comment) {
    if (comments.size() < k_max_comments) {
      comments.push_back(comment);
    }
  });
}

bool take_name(const Field& field, RawNames& names) {
  switch (field.number) {
    case proto::Profile::sample_type:
      return names.sample_types.size() < k_max_sample_types &&
             read_value_type(field.bytes, names.sample_types.emplace_back());
    case proto::Profile::period_type:
      return read_value_type(field.bytes, names.period_type.emplace());
    case proto::Profile::comment:
      return take_comments(field, names.comments);
    case proto::Profile::default_sample_type:
      names.default_sample_type = field.value;
      return true;
    default:
      return true;
  }
}

void take_number(const Field& field, Summary& summary) {
  const auto number = static_cast<std::int64_t>(field.value);
  switch (field.number) {
    case proto::Profile::sample:
      ++summary.samples;
      break;
    case proto::Profile::mapping:
      ++summary.mappings;
      break;
    case proto::Profile::location:
      ++summary.locations;
      break;
    case proto::Profile::function:
      ++summary.functions;
      break;
    case proto::Profile::time_nanos:
      summary.time_nanos = number;
      break;
    case proto::Profile::duration_nanos:
      summary.duration_nanos = number;
      break;
    case proto::Profile::period:
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
      const auto wanted = field.number == proto::Profile::string_table
                              ? wanted_.find(count++)
                              : wanted_.end();
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
          fmt::format(
              "malformed profile: string index {} is out of range ({} strings)",
              static_cast<std::int64_t>(last), count));
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
