// SPDX-License-Identifier: MIT
#include "pprof/wire/leaf_functions.hpp"

#include "pprof/wire/profile_fields.hpp"
#include "pprof/wire/wire.hpp"

#include <optional>

namespace kprofefe::pprof {
namespace {

constexpr std::size_t k_max_leaves = 4096;

using Ids = std::set<std::uint64_t>;

/// Of a sample: the first location is the leaf.
bool take_leaf(const Field& sample, Ids& locations) {
  std::optional<std::uint64_t> leaf;
  const bool whole = for_each_field(sample.bytes, [&](const Field& part) {
    return part.number != proto::Sample::location_id ||
           for_each_number(part,
                           [&](std::uint64_t id) { leaf = leaf.value_or(id); });
  });
  if (leaf && locations.size() < k_max_leaves) {
    locations.insert(*leaf);
  }
  return whole;
}

/// Of a location: the first line is the innermost function inlined there.
bool take_function(const Field& location, const Ids& wanted, Ids& functions) {
  std::uint64_t id = 0;
  std::optional<std::uint64_t> function;
  const bool whole = for_each_field(location.bytes, [&](const Field& part) {
    if (part.number == proto::Location::id) {
      id = part.value;
    }
    if (part.number != proto::Location::line || function) {
      return true;
    }
    function = 0;
    return for_each_field(part.bytes, [&](const Field& line) {
      function =
          line.number == proto::Line::function_id ? line.value : *function;
      return true;
    });
  });
  if (function && wanted.contains(id)) {
    functions.insert(*function);
  }
  return whole;
}

bool take_name(const Field& function, const Ids& wanted, Ids& names) {
  std::uint64_t id = 0;
  std::uint64_t name = 0;
  const bool whole = for_each_field(function.bytes, [&](const Field& part) {
    id = part.number == proto::Function::id ? part.value : id;
    name = part.number == proto::Function::name ? part.value : name;
    return true;
  });
  if (wanted.contains(id)) {
    names.insert(name);
  }
  return whole;
}

}  // namespace

// Three passes, each knowing what the next one looks for: the fields may come
// in any order, and resolving every location would cost memory for nothing.
Result<std::set<std::uint64_t>> leaf_function_names(std::string_view profile) {
  Ids locations;
  Ids functions;
  Ids names;
  TRY(for_each_profile_field(profile, [&](const Field& field) {
    return field.number != proto::Profile::sample ||
           take_leaf(field, locations);
  }));
  TRY(for_each_profile_field(profile, [&](const Field& field) {
    return field.number != proto::Profile::location ||
           take_function(field, locations, functions);
  }));
  TRY(for_each_profile_field(profile, [&](const Field& field) {
    return field.number != proto::Profile::function ||
           take_name(field, functions, names);
  }));
  return names;
}

}  // namespace kprofefe::pprof
