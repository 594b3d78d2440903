// SPDX-License-Identifier: MIT
#include "pprof/merge/compatible.hpp"

#include "pprof/measurement.hpp"
#include "pprof/scale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::pprof {
namespace {

/// A ValueKind whose names can be compared with another profile's.
struct Named {
  std::string_view type;
  std::string_view unit;

  bool operator==(const Named&) const = default;
};

Named named(const Profile& profile, const ValueKind& kind) {
  return {.type = profile.strings.at(kind.type),
          .unit = profile.strings.at(kind.unit)};
}

std::string text_of(const Named& kind) {
  return kind == Named{} ? "none" : fmt::format("{}/{}", kind.type, kind.unit);
}

std::string types_text(const Profile& profile) {
  std::vector<std::string> texts;
  texts.reserve(profile.sample_types.size());
  for (const ValueKind& kind : profile.sample_types) {
    texts.push_back(value_kind_text(profile, kind));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

bool same_sample_types(const Profile& first, const Profile& second) {
  return std::ranges::equal(
      first.sample_types, second.sample_types, {},
      [&](const ValueKind& kind) { return named(first, kind); },
      [&](const ValueKind& kind) { return named(second, kind); });
}

bool same_period_type(const Profile& first, const Profile& second) {
  return named(first, first.period_type) == named(second, second.period_type);
}

using Columns = std::vector<std::size_t>;

/// Which of a profile's types have these names; all of them are there.
Columns find_columns(const Profile& profile,
                     const std::vector<std::string>& types) {
  Columns columns;
  for (const std::string& type : types) {
    const auto found = std::ranges::find(
        profile.sample_types, type,
        [&](const ValueKind& kind) { return profile.strings.at(kind.type); });
    columns.push_back(
        static_cast<std::size_t>(found - profile.sample_types.begin()));
  }
  return columns;
}

using Profiles = std::span<const Profile* const>;

/// The types that each profile has once.
std::vector<std::string> names_in_common(Profiles profiles) {
  const auto has_once = [](const Profile& profile, std::string_view type) {
    return std::ranges::count(profile.sample_types, type,
                              [&](const ValueKind& kind) {
                                return profile.strings.at(kind.type);
                              }) == 1;
  };
  std::vector<std::string> common;
  for (const ValueKind& kind : profiles.front()->sample_types) {
    const std::string_view type = profiles.front()->strings.at(kind.type);
    if (std::ranges::all_of(profiles, [&](const Profile* profile) {
          return has_once(*profile, type);
        })) {
      common.emplace_back(type);
    }
  }
  return common;
}

bool all_in_order(const Profile& profile, const Columns& columns) {
  Columns all(profile.sample_types.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = i;
  }
  return columns == all;
}

void select_columns(Profile& profile, const Columns& columns) {
  if (all_in_order(profile, columns)) {
    return;
  }
  std::vector<ValueKind> types;
  std::vector<std::int64_t> values;
  types.reserve(columns.size());
  values.reserve(profile.samples.size() * columns.size());
  for (const std::size_t column : columns) {
    types.push_back(profile.sample_types[column]);
  }
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    for (const std::size_t column : columns) {
      values.push_back(profile.values_of(i)[column]);
    }
  }
  const bool keeps_default =
      std::ranges::any_of(types, [&](const ValueKind& kind) {
        return kind.type == profile.default_sample_type;
      });
  if (!keeps_default) {
    profile.default_sample_type = types.front().type;
  }
  profile.sample_types = std::move(types);
  profile.values = std::move(values);
}

std::string_view without_plural(std::string_view type) {
  return type.ends_with('s') ? type.substr(0, type.size() - 1) : type;
}

/// The unit to which values of all are brought: the finest. `what` they are is
/// for the error.
Result<std::string> finest_unit(const std::vector<Named>& kinds,
                                std::string_view what) {
  Named finest = kinds.front();
  for (const Named& kind : kinds) {
    const bool can =
        without_plural(finest.type) == without_plural(kind.type) &&
        (finest.unit == kind.unit || are_convertible(finest.unit, kind.unit));
    if (!can) {
      return fail(ErrorKind::usage,
                  fmt::format("{}: {} and {} cannot be merged", what,
                              text_of(finest), text_of(kind)));
    }
    if (convert(1, kind.unit, finest.unit).value < 1) {
      finest = kind;
    }
  }
  return std::string(finest.unit);
}

void scale_period(Profile& profile, const std::string& unit) {
  const std::string_view from = profile.strings.at(profile.period_type.unit);
  profile.period = to_integer(convert(profile.period, from, unit).value);
  profile.period_type.unit = profile.strings.add(unit);
}

void scale_samples(Profile& profile, const std::vector<std::string>& units) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < units.size(); ++i) {
    ValueKind& kind = profile.sample_types[i];
    ratios.push_back(convert(1, profile.strings.at(kind.unit), units[i]).value);
    kind.unit = profile.strings.add(units[i]);
  }
  scale_in_place(profile, ratios);
}

Result<std::string> common_period_unit(Profiles profiles) {
  std::vector<Named> kinds;
  for (const Profile* profile : profiles) {
    kinds.push_back(named(*profile, profile->period_type));
  }
  return finest_unit(kinds, "period type");
}

Result<std::string> common_unit_of(Profiles profiles, const std::string& type) {
  std::vector<Named> kinds;
  for (const Profile* profile : profiles) {
    const std::size_t column = find_columns(*profile, {type}).front();
    kinds.push_back(named(*profile, profile->sample_types[column]));
  }
  return finest_unit(kinds, "sample types");
}

}  // namespace

Result<CommonTypes> find_common_types(Profiles profiles) {
  CommonTypes common{.types = names_in_common(profiles)};
  if (common.types.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("the profiles have no sample type in common: {} "
                            "and {}; use profiles of the same kind",
                            types_text(*profiles.front()),
                            types_text(*profiles.back())));
  }
  TRY_ASSIGN(common.period_unit, common_period_unit(profiles));
  for (const std::string& type : common.types) {
    TRY_ASSIGN(std::string unit, common_unit_of(profiles, type));
    common.units.push_back(std::move(unit));
  }
  return common;
}

void convert_to(const CommonTypes& common, Profile& profile) {
  select_columns(profile, find_columns(profile, common.types));
  scale_period(profile, common.period_unit);
  scale_samples(profile, common.units);
}

bool have_same_types(const Profile& first, const Profile& second) {
  return same_sample_types(first, second) && same_period_type(first, second);
}

Result<void> make_compatible(Profile& first, Profile& second) {
  if (have_same_types(first, second) && !first.sample_types.empty()) {
    return {};
  }
  TRY_ASSIGN(const CommonTypes common,
             find_common_types(std::array<const Profile*, 2>{&first, &second}));
  convert_to(common, first);
  convert_to(common, second);
  return {};
}

Result<void> check_same_types(const Profile& first, const Profile& second) {
  if (!same_period_type(first, second)) {
    return fail(ErrorKind::usage,
                fmt::format("the profiles have different period types: {} and "
                            "{}",
                            value_kind_text(first, first.period_type),
                            value_kind_text(second, second.period_type)));
  }
  if (!same_sample_types(first, second)) {
    return fail(ErrorKind::usage,
                fmt::format("the profiles have different sample types: {} and "
                            "{}",
                            types_text(first), types_text(second)));
  }
  return {};
}

std::string value_kind_text(const Profile& profile, const ValueKind& kind) {
  return text_of(named(profile, kind));
}

}  // namespace kprofefe::pprof
