// SPDX-License-Identifier: MIT
#include "view/prepare.hpp"

#include "pprof/label_units.hpp"
#include "view/files/path.hpp"
#include "view/total.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace kprofefe::view {
namespace {

std::vector<std::string_view> type_names(const pprof::Profile& profile) {
  std::vector<std::string_view> names;
  names.reserve(profile.sample_types.size());
  for (const pprof::ValueKind& kind : profile.sample_types) {
    names.push_back(profile.strings.at(kind.type));
  }
  return names;
}

/// The type of that name.
Result<std::size_t> find_type(const std::vector<std::string_view>& names,
                              std::string_view name) {
  // Old profiles have `space` where `inuse_space` is meant.
  std::string_view old_name = name;
  if (old_name.starts_with("inuse_")) {
    old_name.remove_prefix(std::string_view("inuse_").size());
  }
  const auto found = std::ranges::find_if(names, [&](std::string_view type) {
    return type == name || type == old_name;
  });
  if (found == names.end()) {
    return fail(ErrorKind::usage,
                fmt::format("sample_index \"{}\" must be one of: {}", name,
                            fmt::join(names, ", ")));
  }
  return static_cast<std::size_t>(found - names.begin());
}

std::size_t standard_index(const pprof::Profile& profile) {
  const auto& types = profile.sample_types;
  const auto found = profile.default_sample_type == 0
                         ? types.end()
                         : std::ranges::find(types, profile.default_sample_type,
                                             &pprof::ValueKind::type);
  return found == types.end() ? types.size() - 1
                              : static_cast<std::size_t>(found - types.begin());
}

std::vector<std::string> filters_for_people(const pprof::Filters& filters) {
  std::vector<std::string> lines;
  for (const pprof::FilterKind& filter : pprof::k_filters) {
    if (const std::string& expression = filters.*filter.expression;
        filter.is_in_header && !expression.empty()) {
      lines.push_back(fmt::format("{}={}", filter.name, expression));
    }
  }
  return lines;
}

void find_units(Prepared& prepared) {
  const pprof::LabelUnits units = pprof::label_units(prepared.profile);
  for (const auto& [key, unit] : units.unit) {
    prepared.number_units.emplace(key, unit);
  }
  for (const auto& [key, others] : units.ignored) {
    prepared.warnings.push_back(
        fmt::format("For tag {} used unit {}, also encountered unit(s) {}",
                    prepared.profile.strings.at(key),
                    prepared.number_units[key], fmt::join(others, ", ")));
  }
}

/// pprof drops what has the name of another; here only a number tells them
/// apart.
void note_namesakes(Prepared& prepared) {
  const std::vector<std::string_view> names = type_names(prepared.profile);
  const auto count = std::ranges::count(names, names[prepared.sample_index]);
  if (count > 1) {
    prepared.warnings.push_back(fmt::format(
        "{} sample types are called {}, this is number {}: choose one with "
        "--sample-index NUMBER",
        count, names[prepared.sample_index], prepared.sample_index));
  }
}

Result<void> choose_values(Prepared& prepared) {
  const pprof::Profile& profile = prepared.profile;
  TRY_ASSIGN(prepared.sample_index,
             find_sample_index(profile, prepared.options.sample_index));
  note_namesakes(prepared);
  const pprof::ValueKind& kind = profile.sample_types[prepared.sample_index];
  prepared.sample_type = profile.strings.at(kind.type);
  prepared.sample_unit = profile.strings.at(kind.unit);
  if (prepared.options.mean) {
    prepared.divisor_index = 0;
    prepared.sample_type.insert(0, "mean_");
  }
  if (prepared.options.divide_by == 0) {
    return fail(ErrorKind::usage, "values cannot be divided by zero");
  }
  prepared.total =
      total_of(profile, prepared.sample_index, prepared.divisor_index);
  return {};
}

Result<void> filter(Prepared& prepared) {
  TRY_ASSIGN(const pprof::FilterReport report,
             pprof::apply_filters(prepared.profile, prepared.options.filters));
  std::ranges::move(pprof::warnings_of(report),
                    std::back_inserter(prepared.warnings));
  return {};
}

/// Makes file names what reports show: without useless parts, cleaned.
void tidy_files(Prepared& prepared, ReportKind kind) {
  pprof::Profile& profile = prepared.profile;
  const Options& options = prepared.options;
  std::vector<pprof::StringId> tidied(profile.strings.size(), 0);
  for (pprof::Function& function : profile.functions) {
    if (function.file == 0) {
      continue;
    }
    pprof::StringId& file = tidied[function.file];
    if (file == 0) {
      std::string_view path = profile.strings.at(function.file);
      if (kind != ReportKind::traces) {
        path = trimmed_path(path, options.trim_path, options.source_path);
      }
      file = path.empty() ? 0 : profile.strings.add(clean_path(path));
    }
    function.file = file;
  }
}

}  // namespace

ValueFormat Prepared::format() const {
  return {
      .from = sample_unit, .to = options.unit, .ratio = 1 / options.divide_by};
}

Result<Prepared> prepare(pprof::Profile profile, ReportKind kind,
                         const Options& options) {
  Prepared prepared;
  prepared.profile = std::move(profile);
  prepared.options = options_for(kind, options);
  prepared.active_filters = filters_for_people(options.filters);
  if (!options.add_comment.empty()) {
    prepared.profile.comments.push_back(
        prepared.profile.strings.add(options.add_comment));
  }
  find_units(prepared);
  // Before the filters, which may be about these frames.
  std::ranges::move(pprof::add_label_frames(prepared.profile,
                                            options.label_frames, options.unit),
                    std::back_inserter(prepared.warnings));
  if (options.relative_percentages) {
    TRY(filter(prepared));
  }
  TRY(choose_values(prepared));
  if (!options.relative_percentages) {
    TRY(filter(prepared));
  }
  pprof::aggregate(prepared.profile,
                   {.granularity = prepared.options.granularity,
                    .no_inlines = options.noinlines,
                    .columns = options.show_columns});
  if (kind != ReportKind::raw && kind != ReportKind::proto) {
    tidy_files(prepared, kind);
  }
  return prepared;
}

Result<std::size_t> find_sample_index(const pprof::Profile& profile,
                                      const SampleIndex& index) {
  const std::vector<std::string_view> names = type_names(profile);
  if (names.empty()) {
    return fail(ErrorKind::malformed, "the profile has no sample types");
  }
  if (const auto* const number = std::get_if<std::int64_t>(&index)) {
    if (*number < 0 || *number >= std::ssize(names)) {
      return fail(ErrorKind::usage,
                  fmt::format("sample_index {} is outside the range [0..{}]",
                              *number, names.size() - 1));
    }
    return static_cast<std::size_t>(*number);
  }
  const auto* const name = std::get_if<std::string>(&index);
  return name != nullptr ? find_type(names, *name) : standard_index(profile);
}

}  // namespace kprofefe::view
