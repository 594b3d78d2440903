// SPDX-License-Identifier: MIT
#include "pprof/resolve.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <vector>

namespace kprofefe::pprof {
namespace {

/// Enters the id of the next entry of `table`; false when it is 0 or not the
/// first of its kind.
template <typename Entry>
bool take_id(Resolving& state, IdMap& ids, std::uint64_t id,
             const std::vector<Entry>& table, std::string_view kind) {
  if (id == 0) {
    return state.complain(fmt::format("a {} has the id 0", kind));
  }
  return ids.add(id, static_cast<std::uint32_t>(table.size())) ||
         state.complain(fmt::format("two {}s have the id {}", kind, id));
}

bool take_mapping(Resolving& state, IdMap& ids, std::string_view message) {
  std::array<std::uint64_t, 11> numbers{};
  if (!take_numbers(message, numbers) ||
      !take_id(state, ids, numbers[1], state.profile.mappings, "mapping")) {
    return false;
  }
  state.profile.mappings.push_back({.start = numbers[2],
                                    .limit = numbers[3],
                                    .offset = numbers[4],
                                    .file = state.string(numbers[5]),
                                    .build_id = state.string(numbers[6]),
                                    .has_functions = numbers[7] != 0,
                                    .has_filenames = numbers[8] != 0,
                                    .has_line_numbers = numbers[9] != 0,
                                    .has_inline_frames = numbers[10] != 0});
  return state.problem.empty();
}

bool take_function(Resolving& state, IdMap& ids, std::string_view message) {
  std::array<std::uint64_t, 6> numbers{};
  if (!take_numbers(message, numbers) ||
      !take_id(state, ids, numbers[1], state.profile.functions, "function")) {
    return false;
  }
  state.profile.functions.push_back(
      {.name = state.string(numbers[2]),
       .system_name = state.string(numbers[3]),
       .file = state.string(numbers[4]),
       .start_line = static_cast<std::int64_t>(numbers[5])});
  return state.problem.empty();
}

/// One location, with what its message refers to.
class LocationReader {
 public:
  LocationReader(Resolving& state, const IdMap& mappings,
                 const IdMap& functions, IdMap& locations)
      : state_(state),
        mappings_(mappings),
        functions_(functions),
        locations_(locations) {}

  bool take(std::string_view message) {
    Profile& profile = state_.profile;
    location_ = {.first_line =
                     static_cast<std::uint32_t>(profile.lines.size())};
    id_ = 0;
    lost_line_ = false;
    const bool fine = for_each_field(
        message, [&](const Field& field) { return take_field(field); });
    if (!fine ||
        !take_id(state_, locations_, id_, profile.locations, "location")) {
      return false;
    }
    if (lost_line_) {
      return state_.complain(fmt::format(
          "location {} has a line of function {}, which does not exist", id_,
          lost_function_));
    }
    location_.line_count =
        static_cast<std::uint32_t>(profile.lines.size()) - location_.first_line;
    profile.locations.push_back(location_);
    return true;
  }

 private:
  bool take_field(const Field& field) {
    switch (field.number) {
      case 1:
        id_ = field.value;
        return field.is_number;
      case 2:
        location_.mapping = mappings_.find(field.value);
        return field.is_number;
      case 3:
        location_.address = field.value;
        return field.is_number;
      case 4:
        return field.is_bytes && take_line(field.bytes);
      case 5:
        location_.is_folded = field.value != 0;
        return field.is_number;
      default:
        return true;
    }
  }

  bool take_line(std::string_view message) {
    std::array<std::uint64_t, 4> numbers{};
    if (!take_numbers(message, numbers)) {
      return false;
    }
    const std::uint32_t function = functions_.find(numbers[1]);
    if (function == k_none && !lost_line_) {
      lost_line_ = true;
      lost_function_ = numbers[1];
    }
    state_.profile.lines.push_back(
        {.function = function,
         .line = static_cast<std::int64_t>(numbers[2]),
         .column = static_cast<std::int64_t>(numbers[3])});
    return true;
  }

  Resolving& state_;
  const IdMap& mappings_;
  const IdMap& functions_;
  IdMap& locations_;
  Location location_;
  std::uint64_t id_ = 0;
  bool lost_line_ = false;
  std::uint64_t lost_function_ = 0;
};

}  // namespace

bool Resolving::complain(std::string what) {
  if (problem.empty()) {
    problem = std::move(what);
  }
  return false;
}

void Resolving::no_string(std::uint64_t index) {
  complain(
      fmt::format("it names string {} of {}", index, raw.string_ids.size()));
}

Result<void> resolve_symbols(Resolving& state, IdMap& locations) {
  const RawProfile& raw = state.raw;
  Profile& profile = state.profile;
  IdMap mappings(raw.mappings.count);
  profile.mappings.reserve(raw.mappings.count);
  TRY(for_each_message(raw, raw.mappings, [&](std::string_view message) {
    return take_mapping(state, mappings, message);
  }));
  IdMap functions(raw.functions.count);
  profile.functions.reserve(raw.functions.count);
  TRY(for_each_message(raw, raw.functions, [&](std::string_view message) {
    return take_function(state, functions, message);
  }));
  profile.locations.reserve(raw.locations.count);
  profile.lines.reserve(raw.locations.count);
  LocationReader reader(state, mappings, functions, locations);
  return for_each_message(raw, raw.locations, [&](std::string_view message) {
    return reader.take(message);
  });
}

}  // namespace kprofefe::pprof
