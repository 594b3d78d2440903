// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::test {

/// Makes resolved profiles in code: every function has one location, in the
/// file `<name>.go`; addresses are all the same.
class TextProfile {
 public:
  explicit TextProfile(std::string_view type = "cpu",
                       std::string_view unit = "nanoseconds") {
    profile_.sample_types = {{text(type), text(unit)}};
    profile_.period_type = {text(type), text(unit)};
  }

  /// One more sample type, before any sample.
  TextProfile& type(std::string_view type, std::string_view unit) {
    profile_.sample_types.push_back({text(type), text(unit)});
    return *this;
  }

  /// A sample; `stack` names functions, leaf first, `a|b` is a inlined in b.
  TextProfile& sample(const std::vector<std::int64_t>& values,
                      const std::vector<std::string>& stack) {
    profile_.samples.push_back(
        {.first_frame = static_cast<std::uint32_t>(profile_.frames.size()),
         .frame_count = static_cast<std::uint32_t>(stack.size()),
         .first_label = static_cast<std::uint32_t>(profile_.labels.size())});
    for (const std::string& frame : stack) {
      profile_.frames.push_back(location(frame));
    }
    profile_.values.insert(profile_.values.end(), values.begin(), values.end());
    return *this;
  }

  /// A label of the last sample.
  TextProfile& label(std::string_view key, std::string_view value) {
    return add_label({.key = text(key), .text = text(value)});
  }

  TextProfile& label(std::string_view key, std::int64_t number,
                     std::string_view unit) {
    return add_label({.key = text(key),
                      .number = number,
                      .unit = text(unit),
                      .is_number = true});
  }

  pprof::Profile& operator*() { return profile_; }

  pprof::Profile* operator->() { return &profile_; }

  pprof::StringId text(std::string_view text) {
    return profile_.strings.add(text);
  }

 private:
  TextProfile& add_label(const pprof::Label& label) {
    profile_.labels.push_back(label);
    ++profile_.samples.back().label_count;
    return *this;
  }

  std::uint32_t location(const std::string& frame) {
    const auto found = std::ranges::find(frames_, frame);
    const auto index = static_cast<std::uint32_t>(found - frames_.begin());
    if (found == frames_.end()) {
      frames_.push_back(frame);
      pprof::Location location{
          .address = 0x1000,
          .first_line = static_cast<std::uint32_t>(profile_.lines.size())};
      std::string_view rest = frame;
      while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('|'), rest.size());
        profile_.lines.push_back(
            {.function = function(rest.substr(0, end)), .line = 7});
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++location.line_count;
      }
      profile_.locations.push_back(location);
    }
    return index;
  }

  std::uint32_t function(std::string_view name) {
    const pprof::StringId id = text(name);
    const auto found =
        std::ranges::find(profile_.functions, id, &pprof::Function::name);
    const auto index =
        static_cast<std::uint32_t>(found - profile_.functions.begin());
    if (found == profile_.functions.end()) {
      profile_.functions.push_back({.name = id,
                                    .system_name = id,
                                    .file = text(std::string(name) + ".go"),
                                    .start_line = 3});
    }
    return index;
  }

  pprof::Profile profile_;
  std::vector<std::string> frames_;
};

/// The samples, one a line: `5 7: a|b < c key=text`, a inlined in b and b
/// called by c.
inline std::string stacks_of(const pprof::Profile& profile) {
  const auto text = [&](pprof::StringId id) {
    return std::string(profile.strings.at(id));
  };
  std::string out;
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    for (const std::int64_t value : profile.values_of(i)) {
      out += std::to_string(value) + " ";
    }
    std::string before = ": ";
    out.pop_back();
    for (const std::uint32_t frame : profile.frames_of(profile.samples[i])) {
      for (const pprof::Line& line :
           profile.lines_of(profile.locations[frame])) {
        out += before + text(profile.functions[line.function].name);
        before = "|";
      }
      before = " < ";
    }
    for (const pprof::Label& label : profile.labels_of(profile.samples[i])) {
      out += " " + text(label.key) +
             (label.is_number
                  ? ":" + std::to_string(label.number) + text(label.unit)
                  : "=" + text(label.text));
    }
    out += '\n';
  }
  return out;
}

}  // namespace kprofefe::test
