// SPDX-License-Identifier: MIT
#include "profefe/profile_type.hpp"

#include <algorithm>
#include <array>

namespace kprofefe::profefe {
namespace {

constexpr std::string_view k_name_label = "profile_type";

constexpr std::array<std::string_view, 8> k_own_types = {
    "cpu",       "heap",         "block", "mutex",
    "goroutine", "threadcreate", k_other, "trace"};

}  // namespace

bool is_stored_type(std::string_view name) {
  return std::ranges::find(k_own_types, name) != k_own_types.end();
}

StoredType stored_type(std::string_view name) {
  if (name.empty() || is_stored_type(name)) {
    return {.type = std::string(name), .labels = {}};
  }
  return {.type = std::string(k_other),
          .labels = {{std::string(k_name_label), std::string(name)}}};
}

std::string type_name(std::string_view type, const Labels& labels) {
  const auto name = labels.find(k_name_label);
  if (type == k_other && name != labels.end() && !name->second.empty()) {
    return name->second;
  }
  return std::string(type);
}

}  // namespace kprofefe::profefe
