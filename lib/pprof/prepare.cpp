// SPDX-License-Identifier: MIT
#include "pprof/prepare.hpp"

#include "pprof/dropped_frames.hpp"

#include <algorithm>
#include <string_view>

namespace kprofefe::pprof {
namespace {

/// Whether `file` begins with a scheme, as a URL does.
bool is_url(std::string_view file) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  const std::string_view scheme = file.substr(0, file.find(':'));
  return scheme.size() < file.size() && !scheme.empty() &&
         letter(scheme.front()) &&
         std::ranges::all_of(
             scheme,
             [&](char c) {
               return letter(c) || (c >= '0' && c <= '9') || c == '+' ||
                      c == '-' || c == '.';
             });
}

}  // namespace

void add_missing_mapping(Profile& profile) {
  if (!profile.mappings.empty()) {
    return;
  }
  profile.mappings.emplace_back();
  for (Location& location : profile.locations) {
    location.mapping = 0;
  }
}

void prepare(Profile& profile, const NameOptions& names) {
  prepare_names(profile, names);
  remove_dropped_frames(profile);
  for (Mapping& mapping : profile.mappings) {
    if (mapping.build_id == 0 && is_url(profile.strings.at(mapping.file))) {
      mapping.file = 0;
    }
  }
}

}  // namespace kprofefe::pprof
