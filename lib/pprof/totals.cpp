// SPDX-License-Identifier: MIT
#include "pprof/totals.hpp"

#include "pprof/wire/profile_fields.hpp"
#include "pprof/wire/value_type.hpp"
#include "pprof/wire/wire.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace kprofefe::pprof {
namespace {

/// As a sum: unsigned numbers wrap around.
using Sums = std::vector<std::uint64_t>;

constexpr std::size_t k_max_sample_types = 10'000;

bool add_sample(std::string_view sample, Sums& sums) {
  std::size_t at = 0;
  const auto add = [&](std::uint64_t value) {
    if (at == sums.size() && at < k_max_sample_types) {
      sums.push_back(0);
    }
    if (at < sums.size()) {
      sums[at] += value;
    }
    ++at;
  };
  return for_each_field(sample, [&](const Field& field) {
    return field.number != proto::Sample::value || for_each_number(field, add);
  });
}

/// The strings of that many sample types, which mostly are the first of the
/// table.
Result<std::vector<ValueType>> resolve(const std::vector<RawValueType>& raw,
                                       std::string_view message) {
  std::uint64_t last = 0;
  for (const RawValueType& type : raw) {
    last = std::max({last, type.type, type.unit});
  }
  std::vector<std::string_view> strings;
  TRY(for_each_profile_field(message, [&](const Field& field) {
    if (field.number == proto::Profile::string_table &&
        strings.size() <= last) {
      strings.push_back(field.bytes);
    }
    return true;
  }));
  if (last > 0 && last >= strings.size()) {
    return fail(ErrorKind::malformed,
                fmt::format("malformed profile: string index {} is out of "
                            "range ({} strings)",
                            static_cast<std::int64_t>(last), strings.size()));
  }
  strings.resize(std::max<std::size_t>(strings.size(), 1));
  std::vector<ValueType> types;
  types.reserve(raw.size());
  for (const RawValueType& type : raw) {
    types.push_back({.type = std::string(strings[type.type]),
                     .unit = std::string(strings[type.unit])});
  }
  return types;
}

}  // namespace

Result<Totals> read_totals(std::string_view message) {
  Totals totals;
  Sums sums;
  std::vector<RawValueType> types;
  TRY(for_each_profile_field(message, [&](const Field& field) {
    switch (field.number) {
      case proto::Profile::sample_type:
        return types.size() < k_max_sample_types &&
               read_value_type(field.bytes, types.emplace_back());
      case proto::Profile::sample:
        ++totals.samples;
        return add_sample(field.bytes, sums);
      case proto::Profile::time_nanos:
        totals.time_nanos = static_cast<std::int64_t>(field.value);
        return true;
      default:
        return true;
    }
  }));
  TRY_ASSIGN(totals.sample_types, resolve(types, message));
  sums.resize(types.size());
  totals.sums.reserve(sums.size());
  for (const std::uint64_t sum : sums) {
    totals.sums.push_back(static_cast<std::int64_t>(sum));
  }
  return totals;
}

}  // namespace kprofefe::pprof
