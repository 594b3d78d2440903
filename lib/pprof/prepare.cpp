// SPDX-License-Identifier: MIT
#include "pprof/prepare.hpp"

#include "pprof/dropped_frames.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace kprofefe::pprof {
namespace {

/// pprof's sign of a C++ name that is not mangled. Names of Go's generics are
/// taken for one, too, but not those of their methods.
bool looks_like_cpp(std::string_view name) {
  const auto has = [&](std::string_view part) {
    return name.find(part) != std::string_view::npos;
  };
  return !has(".<") && !has("]).") &&
         (name.find_first_of("<>[]") != std::string_view::npos || has("::"));
}

/// `name` without what stands between `open` and `close`, unless they do not
/// match up: then what was taken out so far is out.
std::string remove_matching(std::string_view name, char open, char close) {
  std::string kept;
  std::size_t begin = 0;  // of what is not in `kept` yet
  std::size_t depth = 0;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name[at] == open && depth++ == 0) {
      kept += name.substr(begin, at - begin);
      begin = at;
    } else if (name[at] == close && depth == 0) {
      break;
    } else if (name[at] == close && --depth == 0) {
      begin = at + 1;
    }
  }
  kept += name.substr(begin);
  return kept;
}

/// pprof's Demangle in so far as it concerns names that are not mangled.
void simplify_names(Profile& profile) {
  for (Function& function : profile.functions) {
    if (function.name != 0 && function.name != function.system_name) {
      continue;
    }
    function.name = function.system_name;
    const std::string_view name = profile.strings.at(function.system_name);
    if (looks_like_cpp(name)) {
      function.name = profile.strings.add(
          remove_matching(remove_matching(name, '(', ')'), '<', '>'));
    }
  }
}

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

void prepare(Profile& profile) {
  simplify_names(profile);
  remove_dropped_frames(profile);
  for (Mapping& mapping : profile.mappings) {
    if (mapping.build_id == 0 && is_url(profile.strings.at(mapping.file))) {
      mapping.file = 0;
    }
  }
}

}  // namespace kprofefe::pprof
