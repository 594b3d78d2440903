// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/profile.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {

/// The filters of `go tool pprof`, as its flags take them; empty: none.
struct Filters {
  std::string focus;      ///< keep stacks in which a frame matches
  std::string ignore;     ///< drop stacks in which a frame matches
  std::string hide;       ///< drop frames that match
  std::string show;       ///< drop frames that do not match
  std::string show_from;  ///< drop frames above the outermost that matches
  /// Keep or drop samples by label: `regex[,regex...]` over `key:value`,
  /// `key=regex[,regex...]`, or a number or range as `32kb`, `:64kb`, `4mb:`,
  /// `key=12kb:64mb`.
  std::string tag_focus;
  std::string tag_ignore;
  std::string tag_show;    ///< drop labels whose key does not match
  std::string tag_hide;    ///< drop labels whose key matches
  std::string prune_from;  ///< drop frames below the innermost that matches

  bool operator==(const Filters&) const = default;
};

/// One of them, as people meet it.
struct FilterKind {
  std::string_view name;   ///< `show_from`, as pprof's flag
  std::string_view title;  ///< `ShowFrom`, as pprof's warnings
  std::string Filters::* expression;
  /// What it does, for the help of a command.
  std::string_view help;
  bool is_in_header = true;  ///< reports list it under `Active filters`
};

/// All, in the order of pprof's reports.
inline constexpr std::array<FilterKind, 10> k_filters = {{
    {"focus", "Focus", &Filters::focus,
     "Only stacks with a frame that matches"},
    {"ignore", "Ignore", &Filters::ignore,
     "No stacks with a frame that matches"},
    {"hide", "Hide", &Filters::hide, "Leave out frames that match"},
    {"show", "Show", &Filters::show, "Leave out frames that do not match"},
    {"show_from", "ShowFrom", &Filters::show_from,
     "Leave out frames above the outermost match"},
    {"prune_from", "PruneFrom", &Filters::prune_from,
     "Leave out everything below the matching frame", false},
    {"tagfocus", "TagFocus", &Filters::tag_focus,
     "Only samples with a matching label: regex, key=regex, or a range like "
     "1kb:"},
    {"tagignore", "TagIgnore", &Filters::tag_ignore,
     "No samples with a matching label"},
    {"tagshow", "TagShow", &Filters::tag_show, "Only labels whose key matches"},
    {"taghide", "TagHide", &Filters::tag_hide, "No labels whose key matches"},
}};

struct FilterReport {
  /// The flags that matched nothing, as pprof writes them: `focus`,
  /// `show_from`, `tagfocus`.
  std::vector<std::string_view> unmatched;
  /// Remarks, e.g. `tagfocus: 1mb: is taken as a range, not as a regular
  /// expression`.
  std::vector<std::string> notes;
};

/// What people may be surprised by, a line each, in pprof's words: the notes,
/// then `Focus expression matched no samples`.
std::vector<std::string> warnings_of(const FilterReport& report);

/// That every expression can be understood, for who wants to know it before
/// there is a profile. Errors: as apply_filters().
Result<void> check_filters(const Filters& filters);

/// Filters in the order of pprof's applyFocus. A frame matches by the name of
/// its function, its file, or the file of its mapping. Percentages are of the
/// whole unless a report asks otherwise, so sums are to be taken before.
/// Errors: usage, naming the flag whose expression is none.
Result<FilterReport> apply_filters(Profile& profile, const Filters& filters);

}  // namespace kprofefe::pprof
