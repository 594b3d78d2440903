// SPDX-License-Identifier: MIT
#include "pprof/filter/prune.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {
namespace {

/// A C++ function's name without its arguments: up to the first parenthesis
/// that is no part of the name.
std::string_view without_arguments(std::string_view name) {
  constexpr std::string_view k_anonymous = "(anonymous namespace)";
  constexpr std::string_view k_call = "operator()";
  // PPC's ELF v1 ABI puts a dot before names.
  name.remove_prefix(name.starts_with('.') ? 1 : 0);
  std::size_t at = 0;
  for (;;) {
    const std::size_t bracket = name.find('(', at);
    if (bracket == std::string_view::npos) {
      return name;
    }
    const std::size_t call = bracket + 2 - std::min(bracket + 2, k_call.size());
    if (name.substr(bracket).starts_with(k_anonymous)) {
      at = bracket + k_anonymous.size();
    } else if (call >= at && name.substr(call).starts_with(k_call)) {
      at = call + k_call.size();
    } else {
      return name.substr(0, bracket);
    }
  }
}

/// Says of a function's name whether it matches; asked once for each.
class FunctionTest {
 public:
  FunctionTest(const Profile& profile,
               std::function<bool(std::string_view)> matches)
      : profile_(profile),
        matches_(std::move(matches)),
        known_(profile.strings.size()) {}

  bool operator()(const Line& line) {
    const StringId name =
        line.function == k_none ? 0 : profile_.functions[line.function].name;
    if (name == 0) {
      return false;
    }
    if (!known_[name]) {
      known_[name] = matches_(without_arguments(profile_.strings.at(name)));
    }
    return *known_[name];
  }

 private:
  const Profile& profile_;
  std::function<bool(std::string_view)> matches_;
  std::vector<std::optional<bool>> known_;
};

enum class Cut : std::uint8_t { none, beneath, whole };

/// Takes from a location the lines up to the outermost one that matches.
Cut prune_location(Profile& profile, Location& location, FunctionTest& drop) {
  const auto lines = profile.lines_of(location);
  for (std::uint32_t i = location.line_count; i-- > 0;) {
    if (!drop(lines[i])) {
      continue;
    }
    if (i == location.line_count - 1) {
      return Cut::whole;
    }
    location.first_line += i + 1;
    location.line_count -= i + 1;
    return Cut::beneath;
  }
  return Cut::none;
}

void drop_leaf_frames(Sample& sample, std::uint32_t count) {
  sample.first_frame += count;
  sample.frame_count -= count;
}

void prune_sample(const Profile& profile, Sample& sample,
                  const std::vector<Cut>& cuts) {
  const auto frames = profile.frames_of(sample);
  bool found_other = false;
  for (std::uint32_t i = sample.frame_count; i-- > 0;) {
    const Cut cut = cuts[frames[i]];
    if (cut == Cut::none) {
      found_other = true;
    } else if (found_other) {
      drop_leaf_frames(sample, cut == Cut::whole ? i + 1 : i);
      return;
    }
  }
}

/// Takes from a location the lines before the innermost one that matches.
bool prune_location_from(Profile& profile, Location& location,
                         FunctionTest& from) {
  const auto lines = profile.lines_of(location);
  for (std::uint32_t i = 0; i < location.line_count; ++i) {
    if (from(lines[i])) {
      location.first_line += i;
      location.line_count -= i;
      return true;
    }
  }
  return false;
}

}  // namespace

void prune(Profile& profile, const Regex& drop, const Regex* keep) {
  FunctionTest dropped(profile, [&](std::string_view name) {
    return drop.matches(name) && (keep == nullptr || !keep->matches(name));
  });
  std::vector<Cut> cuts;
  cuts.reserve(profile.locations.size());
  for (Location& location : profile.locations) {
    cuts.push_back(prune_location(profile, location, dropped));
  }
  for (Sample& sample : profile.samples) {
    prune_sample(profile, sample, cuts);
  }
}

void prune_from(Profile& profile, const Regex& from) {
  FunctionTest test(profile,
                    [&](std::string_view name) { return from.matches(name); });
  std::vector<bool> matched;
  matched.reserve(profile.locations.size());
  for (Location& location : profile.locations) {
    matched.push_back(prune_location_from(profile, location, test));
  }
  for (Sample& sample : profile.samples) {
    const auto frames = profile.frames_of(sample);
    const auto first = std::ranges::find_if(
        frames, [&](std::uint32_t frame) { return matched[frame]; });
    if (first != frames.end()) {
      drop_leaf_frames(sample,
                       static_cast<std::uint32_t>(first - frames.begin()));
    }
  }
}

}  // namespace kprofefe::pprof
