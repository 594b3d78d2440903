// SPDX-License-Identifier: MIT
#include "pprof/wire/problem.hpp"
#include "pprof/wire/profile_fields.hpp"
#include "pprof/wire/resolve.hpp"

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
    return state.complain(fmt::format("{} with id 0", kind));
  }
  return ids.add(id, static_cast<std::uint32_t>(table.size())) ||
         state.complain(fmt::format("duplicate {} id {}", kind, id));
}

/// Remembers the id of the entry with that index, unless all so far are 1, 2,
/// 3, ..., as most files have them.
void keep_id(std::vector<std::uint64_t>& ids, std::size_t index,
             std::uint64_t id) {
  if (ids.empty() && id == index + 1) {
    return;
  }
  while (ids.size() < index) {
    ids.push_back(ids.size() + 1);
  }
  ids.push_back(id);
}

bool take_mapping(Resolving& state, IdMap& ids, std::string_view message) {
  using Fields = proto::Mapping;
  std::array<std::uint64_t, Fields::end> numbers{};
  if (!take_numbers(message, numbers) ||
      !take_id(state, ids, numbers[Fields::id], state.profile.mappings,
               "mapping")) {
    return false;
  }
  keep_id(state.profile.mapping_ids, state.profile.mappings.size(),
          numbers[Fields::id]);
  state.profile.mappings.push_back(
      {.start = numbers[Fields::memory_start],
       .limit = numbers[Fields::memory_limit],
       .offset = numbers[Fields::file_offset],
       .file = state.string(numbers[Fields::filename]),
       .build_id = state.string(numbers[Fields::build_id]),
       .has_functions = numbers[Fields::has_functions] != 0,
       .has_filenames = numbers[Fields::has_filenames] != 0,
       .has_line_numbers = numbers[Fields::has_line_numbers] != 0,
       .has_inline_frames = numbers[Fields::has_inline_frames] != 0});
  return state.problem.empty();
}

bool take_function(Resolving& state, IdMap& ids, std::string_view message) {
  using Fields = proto::Function;
  std::array<std::uint64_t, Fields::end> numbers{};
  if (!take_numbers(message, numbers) ||
      !take_id(state, ids, numbers[Fields::id], state.profile.functions,
               "function")) {
    return false;
  }
  state.profile.functions.push_back(
      {.name = state.string(numbers[Fields::name]),
       .system_name = state.string(numbers[Fields::system_name]),
       .file = state.string(numbers[Fields::filename]),
       .start_line = static_cast<std::int64_t>(numbers[Fields::start_line])});
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
          "location {} refers to missing function {}", id_, lost_function_));
    }
    location_.line_count =
        static_cast<std::uint32_t>(profile.lines.size()) - location_.first_line;
    keep_id(profile.location_ids, profile.locations.size(), id_);
    profile.locations.push_back(location_);
    return true;
  }

 private:
  bool take_field(const Field& field) {
    switch (field.number) {
      case proto::Location::id:
        id_ = field.value;
        return field.is_number;
      case proto::Location::mapping_id:
        location_.mapping = mappings_.find(field.value);
        return field.is_number;
      case proto::Location::address:
        location_.address = field.value;
        return field.is_number;
      case proto::Location::line:
        return field.is_bytes && take_line(field.bytes);
      case proto::Location::is_folded:
        location_.is_folded = field.value != 0;
        return field.is_number;
      default:
        return true;
    }
  }

  bool take_line(std::string_view message) {
    using Fields = proto::Line;
    std::array<std::uint64_t, Fields::end> numbers{};
    if (!take_numbers(message, numbers)) {
      return false;
    }
    const std::uint32_t function =
        functions_.find(numbers[Fields::function_id]);
    if (function == k_none && !lost_line_) {
      lost_line_ = true;
      lost_function_ = numbers[Fields::function_id];
    }
    state_.profile.lines.push_back(
        {.function = function,
         .line = static_cast<std::int64_t>(numbers[Fields::line]),
         .column = static_cast<std::int64_t>(numbers[Fields::column])});
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

bool Resolving::complain(std::string_view what) {
  return keep(malformed(what));
}

bool Resolving::complain_of_size(std::string_view what) {
  return keep(too_large(what));
}

bool Resolving::keep(std::string sentence) {
  if (problem.empty()) {
    problem = std::move(sentence);
  }
  return false;
}

void Resolving::no_string(std::uint64_t index) {
  complain(fmt::format("string index {} is out of range ({} strings)",
                       static_cast<std::int64_t>(index),
                       raw.string_ids.size()));
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
