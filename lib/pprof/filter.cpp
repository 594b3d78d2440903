// SPDX-License-Identifier: MIT
#include "pprof/filter.hpp"

#include "pprof/filter/frame_filter.hpp"
#include "pprof/filter/name_matcher.hpp"
#include "pprof/filter/prune.hpp"
#include "pprof/filter/sample_filter.hpp"
#include "pprof/filter/tag_filter.hpp"
#include "pprof/label_units.hpp"
#include "pprof/regex.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace kprofefe::pprof {
namespace {

/// The filters, every expression understood.
struct Compiled {
  FrameFilters frames;
  std::optional<Regex> show_from;
  std::optional<TagFilter> tag_focus;
  std::optional<TagFilter> tag_ignore;
  std::optional<Regex> tag_show;
  std::optional<Regex> tag_hide;
  std::optional<Regex> prune_from;
};

/// Nothing for an empty text, else what `parse` makes of it.
template <typename Filter, typename Parse>
Result<void> compile(std::string_view flag, const std::string& text,
                     std::optional<Filter>& filter, Parse&& parse) {
  if (text.empty()) {
    return {};
  }
  Result<Filter> parsed = parse(text);
  if (!parsed) {
    return std::unexpected(parsed.error().with_context(flag));
  }
  filter = *std::move(parsed);
  return {};
}

Result<void> compile_frames(const Filters& filters, Compiled& compiled) {
  FrameFilters& frames = compiled.frames;
  TRY(compile("focus", filters.focus, frames.focus, Regex::compile));
  TRY(compile("ignore", filters.ignore, frames.ignore, Regex::compile));
  TRY(compile("hide", filters.hide, frames.hide, Regex::compile));
  TRY(compile("show", filters.show, frames.show, Regex::compile));
  TRY(compile("show_from", filters.show_from, compiled.show_from,
              Regex::compile));
  return compile("prune_from", filters.prune_from, compiled.prune_from,
                 Regex::compile);
}

Result<void> compile_tags(const Filters& filters, Compiled& compiled) {
  TRY(compile("tagfocus", filters.tag_focus, compiled.tag_focus,
              TagFilter::parse));
  TRY(compile("tagignore", filters.tag_ignore, compiled.tag_ignore,
              TagFilter::parse));
  TRY(compile("tagshow", filters.tag_show, compiled.tag_show, Regex::compile));
  return compile("taghide", filters.tag_hide, compiled.tag_hide,
                 Regex::compile);
}

Result<Compiled> compile_all(const Filters& filters) {
  Compiled compiled;
  TRY(compile_frames(filters, compiled));
  TRY(compile_tags(filters, compiled));
  return compiled;
}

void note_range(std::string_view flag, const std::optional<TagFilter>& filter,
                FilterReport& report) {
  if (filter && !filter->range_text().empty()) {
    report.notes.push_back(fmt::format(
        "{}: {} is interpreted as a range, not as a regular expression", flag,
        filter->range_text()));
  }
}

void note_match(bool asked, bool matched, std::string_view flag,
                FilterReport& report) {
  if (asked && !matched) {
    report.unmatched.push_back(flag);
  }
}

/// pprof's FilterSamplesByTag.
void filter_tags(Profile& profile, const Compiled& filters,
                 const LabelUnits& units, FilterReport& report) {
  bool focused_any = false;
  bool ignored_any = false;
  if (filters.tag_focus || filters.tag_ignore) {
    keep_samples(profile, [&](std::size_t index) {
      const Sample& sample = profile.samples[index];
      const bool focused = !filters.tag_focus ||
                           filters.tag_focus->matches(profile, sample, units);
      const bool ignored = filters.tag_ignore &&
                           filters.tag_ignore->matches(profile, sample, units);
      focused_any |= focused;
      ignored_any |= ignored;
      return focused && !ignored;
    });
  }
  note_match(filters.tag_focus.has_value(), focused_any, "tagfocus", report);
  note_match(filters.tag_ignore.has_value(), ignored_any, "tagignore", report);
}

/// Drops the labels of samples whose keys are not to be seen; pprof's
/// FilterTagsByName.
void filter_labels(Profile& profile, const Compiled& filters,
                   FilterReport& report) {
  bool shown_any = false;
  bool hidden_any = false;
  for (Sample& sample : profile.samples) {
    const auto labels = std::span(profile.labels)
                            .subspan(sample.first_label, sample.label_count);
    const auto dropped =
        std::ranges::remove_if(labels, [&](const Label& label) {
          const std::string_view key = profile.strings.at(label.key);
          const bool shown =
              !filters.tag_show || filters.tag_show->matches(key);
          const bool hidden =
              filters.tag_hide && filters.tag_hide->matches(key);
          shown_any |= shown;
          hidden_any |= hidden;
          return !shown || hidden;
        });
    sample.label_count -= static_cast<std::uint32_t>(dropped.size());
  }
  note_match(filters.tag_show.has_value(), shown_any, "tagshow", report);
  note_match(filters.tag_hide.has_value(), hidden_any, "taghide", report);
}

}  // namespace

std::vector<std::string> warnings_of(const FilterReport& report) {
  std::vector<std::string> warnings = report.notes;
  for (const std::string_view name : report.unmatched) {
    const auto* const kind =
        std::ranges::find(k_filters, name, &FilterKind::name);
    warnings.push_back(
        fmt::format("{} expression matched no samples",
                    kind == k_filters.end() ? name : kind->title));
  }
  return warnings;
}

Result<void> check_filters(const Filters& filters) {
  TRY(compile_all(filters));
  return {};
}

Result<FilterReport> apply_filters(Profile& profile, const Filters& filters) {
  TRY_ASSIGN(const Compiled compiled, compile_all(filters));
  // Units are told from all samples, also from those that go.
  const LabelUnits units = label_units(profile);
  FilterReport report;
  note_range("tagfocus", compiled.tag_focus, report);
  note_range("tagignore", compiled.tag_ignore, report);

  const FrameFilters& frames = compiled.frames;
  const FrameMatches matches = filter_frames(profile, frames);
  note_match(frames.focus.has_value(), matches.focus, "focus", report);
  note_match(frames.ignore.has_value(), matches.ignore, "ignore", report);
  note_match(frames.hide.has_value(), matches.hide, "hide", report);
  note_match(frames.show.has_value(), matches.show, "show", report);
  if (compiled.show_from) {
    note_match(true, show_from(profile, *compiled.show_from), "show_from",
               report);
  }
  filter_tags(profile, compiled, units, report);
  if (compiled.tag_show || compiled.tag_hide) {
    filter_labels(profile, compiled, report);
  }
  if (compiled.prune_from) {
    prune_from(profile, *compiled.prune_from);
  }
  return report;
}

}  // namespace kprofefe::pprof
