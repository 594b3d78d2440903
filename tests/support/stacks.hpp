// SPDX-License-Identifier: MIT
#pragma once

#include "base/text.hpp"
#include "pprof/profile.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::test {

/// Makes profiles for pictures: a stack is written `root;caller;leaf`, every
/// function of its own location, in /src/<name>.go:42.
class Stacks {
 public:
  /// Of sample types like `{"cpu", "nanoseconds"}`.
  explicit Stacks(
      const std::vector<std::pair<std::string_view, std::string_view>>& types) {
    for (const auto& [type, unit] : types) {
      profile.sample_types.push_back(
          {profile.strings.add(type), profile.strings.add(unit)});
    }
  }

  Stacks& add(std::string_view stack, const std::vector<std::int64_t>& values) {
    std::vector<std::string_view> names = split(stack, ';');
    std::ranges::reverse(names);
    return add(names, values);
  }

  /// The leaf first; for names that hold a `;`.
  Stacks& add(const std::vector<std::string_view>& names,
              const std::vector<std::int64_t>& values) {
    pprof::Sample sample;
    sample.first_frame = static_cast<std::uint32_t>(profile.frames.size());
    sample.frame_count = static_cast<std::uint32_t>(names.size());
    for (const std::string_view name : names) {
      profile.frames.push_back(location(name));
    }
    profile.samples.push_back(sample);
    profile.values.insert(profile.values.end(), values.begin(), values.end());
    return *this;
  }

  pprof::Profile profile;

 private:
  std::uint32_t location(std::string_view name) {
    const pprof::StringId id = profile.strings.add(name);
    const auto found =
        std::ranges::find(profile.functions, id, &pprof::Function::name);
    const auto index =
        static_cast<std::uint32_t>(found - profile.functions.begin());
    if (found == profile.functions.end()) {
      const std::string file = "/src/" + std::string(name) + ".go";
      profile.functions.push_back(
          {.name = id, .file = profile.strings.add(file)});
      profile.lines.push_back({.function = index, .line = 42});
      profile.locations.push_back({.first_line = index, .line_count = 1});
    }
    return index;
  }
};

/// A CPU profile of ten samples.
inline pprof::Profile small_cpu() {
  return Stacks({{"samples", "count"}, {"cpu", "nanoseconds"}})
      .add("main.main;main.work", {6, 60'000'000})
      .add("main.main;main.work;net/http.(*conn).serve", {3, 30'000'000})
      .add("runtime.gcBgMarkWorker", {1, 10'000'000})
      .profile;
}

}  // namespace kprofefe::test
