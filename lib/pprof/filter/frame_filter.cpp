// SPDX-License-Identifier: MIT
#include "pprof/filter/frame_filter.hpp"

#include "pprof/filter/name_matcher.hpp"
#include "pprof/filter/sample_filter.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace kprofefe::pprof {
namespace {

/// Keeps those lines of a location for which `keep` holds.
template <typename Keep>
void keep_lines(Profile& profile, Location& location, Keep&& keep) {
  const auto lines = std::span(profile.lines)
                         .subspan(location.first_line, location.line_count);
  const auto dropped = std::ranges::remove_if(
      lines, [&](const Line& line) { return !keep(line); });
  location.line_count -= static_cast<std::uint32_t>(dropped.size());
}

class FrameFilter {
 public:
  FrameFilter(Profile& profile, const FrameFilters& filters)
      : profile_(profile),
        focus_(matcher(filters.focus)),
        ignore_(matcher(filters.ignore)),
        hide_(matcher(filters.hide)),
        show_(matcher(filters.show)) {}

  FrameMatches run() {
    verdicts_.reserve(profile_.locations.size());
    for (Location& location : profile_.locations) {
      verdicts_.push_back(judge(location));
      verdicts_.back().hidden = trim(location);
      any_hidden_ |= verdicts_.back().hidden;
    }
    keep_samples(profile_, [&](std::size_t index) {
      Sample& sample = profile_.samples[index];
      return is_wanted(sample) && (!any_hidden_ || drop_hidden(sample));
    });
    return matches_;
  }

 private:
  struct Verdict {
    bool focused = false;
    bool ignored = false;
    bool hidden = false;
  };

  [[nodiscard]] std::optional<NameMatcher> matcher(
      const std::optional<Regex>& regex) const {
    return regex ? std::optional<NameMatcher>(std::in_place, profile_, *regex)
                 : std::nullopt;
  }

  Verdict judge(const Location& location) {
    if (ignore_ && ignore_->matches(location)) {
      matches_.ignore = true;
      return {.ignored = true};
    }
    const bool focused = !focus_ || focus_->matches(location);
    matches_.focus |= focused;
    return {.focused = focused};
  }

  /// Takes lines from a location; whether nothing is left to see of it.
  bool trim(Location& location) {
    bool hidden = false;
    if (hide_ && hide_->matches(location)) {
      matches_.hide = true;
      const bool all = hide_->matches_mapping(location);
      keep_lines(profile_, location, [&](const Line& line) {
        return !all && !hide_->matches(line);
      });
      hidden = location.line_count == 0;
    }
    if (show_) {
      const bool all = show_->matches_mapping(location);
      keep_lines(profile_, location,
                 [&](const Line& line) { return all || show_->matches(line); });
      hidden = hidden || location.line_count == 0;
      matches_.show |= location.line_count != 0;
    }
    return hidden;
  }

  [[nodiscard]] bool is_wanted(const Sample& sample) const {
    bool focused = false;
    for (const std::uint32_t frame : profile_.frames_of(sample)) {
      if (verdicts_[frame].ignored) {
        return false;
      }
      focused |= verdicts_[frame].focused;
    }
    return focused;
  }

  /// Whether any frame is left.
  bool drop_hidden(Sample& sample) {
    const auto frames = std::span(profile_.frames)
                            .subspan(sample.first_frame, sample.frame_count);
    const auto dropped = std::ranges::remove_if(
        frames, [&](std::uint32_t frame) { return verdicts_[frame].hidden; });
    sample.frame_count -= static_cast<std::uint32_t>(dropped.size());
    return sample.frame_count != 0;
  }

  Profile& profile_;
  std::optional<NameMatcher> focus_;
  std::optional<NameMatcher> ignore_;
  std::optional<NameMatcher> hide_;
  std::optional<NameMatcher> show_;
  std::vector<Verdict> verdicts_;
  bool any_hidden_ = false;
  FrameMatches matches_;
};

/// Cuts off the lines above the outermost one that matches; whether there is
/// one, or the mapping matches: then all lines stay.
bool cut_above(const Profile& profile, Location& location,
               NameMatcher& matcher) {
  if (matcher.matches_mapping(location)) {
    return true;
  }
  const auto lines = profile.lines_of(location);
  for (std::uint32_t i = location.line_count; i-- > 0;) {
    if (matcher.matches(lines[i])) {
      location.line_count = i + 1;
      return true;
    }
  }
  return false;
}

}  // namespace

FrameMatches filter_frames(Profile& profile, const FrameFilters& filters) {
  if (!filters.focus && !filters.ignore && !filters.hide && !filters.show) {
    return {.focus = true};
  }
  return FrameFilter(profile, filters).run();
}

bool show_from(Profile& profile, const Regex& from) {
  NameMatcher matcher(profile, from);
  std::vector<bool> matched;
  matched.reserve(profile.locations.size());
  for (Location& location : profile.locations) {
    matched.push_back(cut_above(profile, location, matcher));
  }
  keep_samples(profile, [&](std::size_t index) {
    Sample& sample = profile.samples[index];
    const auto frames = profile.frames_of(sample);
    while (sample.frame_count != 0 &&
           !matched[frames[sample.frame_count - 1]]) {
      --sample.frame_count;
    }
    return sample.frame_count != 0;
  });
  return std::ranges::find(matched, true) != matched.end();
}

}  // namespace kprofefe::pprof
