// SPDX-License-Identifier: MIT
#include "view/files/path.hpp"

#include "base/path.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

namespace kprofefe::view {
namespace {

/// `path` behind a prefix that ends with a slash; itself without it.
std::string_view without_prefix(std::string_view path, std::string prefix) {
  if (!prefix.ends_with('/')) {
    prefix += '/';
  }
  return path.starts_with(prefix) ? path.substr(prefix.size()) : path;
}

}  // namespace

std::string clean_path(std::string_view path) {
  const bool is_absolute = path.starts_with('/');
  std::vector<std::string_view> kept;
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") {
      continue;
    }
    const bool is_parent = part == "..";
    if (is_parent && !kept.empty() && kept.back() != "..") {
      kept.pop_back();
    } else if (!is_parent || !is_absolute) {
      kept.push_back(part);
    }
  }
  std::string cleaned =
      fmt::format("{}{}", is_absolute ? "/" : "", fmt::join(kept, "/"));
  return cleaned.empty() ? "." : cleaned;
}

std::string folder_of(std::string_view path) {
  return clean_path(path.substr(0, path.rfind('/') + 1));
}

std::string_view trimmed_path(std::string_view path,
                              const std::vector<std::string>& prefixes,
                              const std::vector<std::string>& search_path) {
  if (prefixes.empty()) {
    for (const std::string& folder : search_path) {
      const std::string wanted = fmt::format("/{}/", base_name(folder));
      if (const auto at = path.find(wanted); at != std::string_view::npos) {
        return path.substr(at + wanted.size());
      }
    }
  }
  std::vector<std::string> all = prefixes;
  all.insert(all.end(), {"/proc/self/cwd/./", "/proc/self/cwd/"});
  for (const std::string& prefix : all) {
    const std::string_view rest = without_prefix(path, prefix);
    if (rest.size() != path.size()) {
      return rest;
    }
  }
  return path;
}

}  // namespace kprofefe::view
