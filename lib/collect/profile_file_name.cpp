// SPDX-License-Identifier: MIT
#include "collect/profile_file_name.hpp"

#include "base/moment.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>

namespace kprofefe::collect {
namespace {

/// FNV-1a: the same on every machine and in every version.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return hash;
}

std::string pod_part(const Target& target, std::size_t max_bytes) {
  std::string name = fmt::format("{}_{}", target.ns, target.pod);
  if (name.size() <= max_bytes) {
    return name;
  }
  const std::string hash = fmt::format("~{:016x}", hash_of(name));
  name.resize(max_bytes > hash.size() ? max_bytes - hash.size() : 0);
  return name + hash;
}

}  // namespace

std::string profile_file_name(const FetchedProfile& profile, int copy,
                              std::size_t max_bytes) {
  const bool trace = profile.kind == pprof::ProfileKind::trace;
  const std::string begin =
      fmt::format("profile-{}-", pprof::kind_name(profile.kind));
  const std::string end = fmt::format("-{}{}{}", unix_seconds(profile.taken_at),
                                      copy == 0 ? "" : fmt::format("-{}", copy),
                                      trace ? ".trace" : ".pb.gz");
  const std::size_t around = begin.size() + end.size();
  const std::size_t left = max_bytes > around ? max_bytes - around : 0;
  return begin + pod_part(*profile.target, left) + end;
}

}  // namespace kprofefe::collect
