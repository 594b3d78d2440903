// SPDX-License-Identifier: MIT
#pragma once

#include "base/text.hpp"
#include "pprof/profile.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::view {

/// A line of source, as tests name it.
struct Place {
  std::string_view function;
  std::string_view file;
  std::int64_t line = 0;
  std::int64_t start_line = 0;
};

/// Makes profiles in code, of a program with one mapping.
class ProfileMaker {
 public:
  /// Of samples with these values: `samples/count cpu/nanoseconds`.
  explicit ProfileMaker(std::string_view types) {
    for (const std::string_view type : split(types, ' ')) {
      const auto parts = split(type, '/');
      if (parts.size() == 2) {
        profile_.sample_types.push_back({add(parts[0]), add(parts[1])});
      }
    }
    profile_.mappings.push_back({.start = 0x400000,
                                 .limit = 0x500000,
                                 .file = add("/usr/bin/server"),
                                 .build_id = add("abc123"),
                                 .has_functions = true,
                                 .has_filenames = true,
                                 .has_line_numbers = true,
                                 .has_inline_frames = true});
  }

  /// A location with these lines, innermost first. Its number.
  std::uint32_t location(std::uint64_t address, std::vector<Place> places) {
    profile_.locations.push_back(
        {.address = address,
         .mapping = 0,
         .first_line = static_cast<std::uint32_t>(profile_.lines.size()),
         .line_count = static_cast<std::uint32_t>(places.size())});
    for (const Place& place : places) {
      profile_.lines.push_back(
          {.function = function(place), .line = place.line});
    }
    return static_cast<std::uint32_t>(profile_.locations.size() - 1);
  }

  /// The location of a function in a file of its name.
  std::uint32_t at(std::string_view name) {
    const std::uint64_t address = 0x401000 + profile_.locations.size() * 16;
    const std::string file = "/src/" + std::string(name) + ".go";
    return location(address, {{name, file, 7}});
  }

  /// A stack, leaf first.
  ProfileMaker& sample(std::vector<std::uint32_t> frames,
                       std::vector<std::int64_t> values) {
    profile_.samples.push_back(
        {.first_frame = static_cast<std::uint32_t>(profile_.frames.size()),
         .frame_count = static_cast<std::uint32_t>(frames.size()),
         .first_label = static_cast<std::uint32_t>(profile_.labels.size())});
    profile_.frames.insert(profile_.frames.end(), frames.begin(), frames.end());
    profile_.values.insert(profile_.values.end(), values.begin(), values.end());
    return *this;
  }

  /// Of the sample that was added last; to be added in their order.
  ProfileMaker& label(std::string_view key, std::string_view text) {
    ++profile_.samples.back().label_count;
    profile_.labels.push_back({.key = add(key), .text = add(text)});
    return *this;
  }

  ProfileMaker& number(std::string_view key, std::int64_t number,
                       std::string_view unit = "") {
    ++profile_.samples.back().label_count;
    profile_.labels.push_back({.key = add(key),
                               .number = number,
                               .unit = add(unit),
                               .is_number = true});
    return *this;
  }

  [[nodiscard]] pprof::StringId add(std::string_view text) {
    return profile_.strings.add(text);
  }

  [[nodiscard]] pprof::Profile& profile() { return profile_; }

 private:
  std::uint32_t function(const Place& place) {
    const pprof::Function wanted = {.name = add(place.function),
                                    .system_name = add(place.function),
                                    .file = add(place.file),
                                    .start_line = place.start_line};
    auto& functions = profile_.functions;
    std::uint32_t number = 0;
    while (number < functions.size() && functions[number] != wanted) {
      ++number;
    }
    if (number == functions.size()) {
      functions.push_back(wanted);
    }
    return number;
  }

  pprof::Profile profile_;
};

/// A server that took 100 samples of 10 ms: handlers that parse, a part of it
/// inlined, some recursion, some noise.
inline pprof::Profile server_profile() {
  ProfileMaker maker("samples/count cpu/nanoseconds");
  const auto main = maker.at("main.main");
  const auto handle = maker.at("main.handle");
  const auto parse = maker.at("json.parse");
  const auto scan =
      maker.location(0x402000, {{"json.scan", "/src/json/scan.go", 40, 30},
                                {"json.parse", "/src/json/parse.go", 12, 10}});
  const auto collect = maker.at("runtime.gc");
  const auto noise = maker.at("runtime.noise");
  const std::int64_t k_tick = 10'000'000;
  maker.sample({scan, handle, main}, {50, 50 * k_tick})
      .label("endpoint", "/users")
      .number("bytes", 2048, "bytes");
  maker.sample({parse, parse, handle, main}, {25, 25 * k_tick})
      .label("endpoint", "/orders");
  maker.sample({handle, main}, {14, 14 * k_tick}).label("endpoint", "/orders");
  maker.sample({collect}, {10, 10 * k_tick});
  maker.sample({noise, collect}, {1, k_tick / 10});
  pprof::Profile profile = maker.profile();
  profile.time_nanos = 1'764'000'000'250'000'000;
  profile.duration_nanos = 2'012'000'000;
  profile.period_type = {profile.sample_types[1]};
  profile.period = k_tick;
  return profile;
}

}  // namespace kprofefe::view
