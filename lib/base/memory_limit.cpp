// SPDX-License-Identifier: MIT
#include "base/memory_limit.hpp"

#include "base/file.hpp"
#include "base/number.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <string_view>

namespace kprofefe {
namespace {

/// What version 1 says when there is no limit is a number near 2^63.
constexpr std::size_t k_unlimited = std::size_t{1} << 60;

std::optional<std::size_t> read_limit(const std::string& path) {
  const Result<std::string> text = read_file(path);
  if (!text) {
    return std::nullopt;
  }
  const auto limit = parse_number<std::size_t>(trim(*text));
  return limit && *limit > 0 && *limit < k_unlimited ? limit : std::nullopt;
}

/// The smaller of two limits, of which either may be none.
std::optional<std::size_t> tighter(std::optional<std::size_t> one,
                                   std::optional<std::size_t> other) {
  if (one && other) {
    return std::min(*one, *other);
  }
  return one ? one : other;
}

/// The tightest limit of a group and of those that it is in.
std::optional<std::size_t> limit_of_group(const std::string& mount,
                                          std::string group,
                                          std::string_view file) {
  std::optional<std::size_t> limit;
  for (;;) {
    limit = tighter(limit, read_limit(mount + group + "/" + std::string(file)));
    if (group.empty()) {
      return limit;
    }
    group.resize(std::min(group.rfind('/'), group.size()));
  }
}

bool lists_memory(std::string_view controllers) {
  const auto names = split(controllers, ',');
  return std::ranges::find(names, "memory") != names.end();
}

}  // namespace

/// A line of /proc/self/cgroup is `ID:CONTROLLERS:PATH`; version 2 has no
/// controllers there (cgroups(7)).
std::optional<std::size_t> memory_limit(const std::string& root) {
  const Result<std::string> groups = read_file(root + "/proc/self/cgroup");
  if (!groups) {
    return std::nullopt;
  }
  std::optional<std::size_t> limit;
  for (const std::string_view line : split(*groups, '\n')) {
    const auto parts = split(line, ':');
    if (parts.size() < 3) {
      continue;
    }
    std::string group(line.substr(parts[0].size() + parts[1].size() + 2));
    while (group.ends_with('/')) {
      group.pop_back();
    }
    const std::string sys = root + "/sys/fs/cgroup";
    if (parts[1].empty()) {
      limit = tighter(limit, limit_of_group(sys, group, "memory.max"));
    } else if (lists_memory(parts[1])) {
      limit = tighter(limit, limit_of_group(sys + "/memory", group,
                                            "memory.limit_in_bytes"));
    }
  }
  return limit;
}

}  // namespace kprofefe
