// SPDX-License-Identifier: MIT
#pragma once

#include <yaml-cpp/yaml.h>

#include <cstddef>
#include <expected>
#include <string>

namespace kprofefe::kube {

/// A tree of YAML is followed so far and no further: aliases let a few lines
/// stand for more than memory holds, or for themselves.
inline constexpr int k_max_yaml_depth = 100;
inline constexpr std::size_t k_max_yaml_values = 100'000;
inline constexpr std::size_t k_max_yaml_bytes = std::size_t{16} << 20;

/// What is wrong with a tree of YAML, and where.
struct YamlFault {
  YAML::Mark mark;
  std::string why;
};

/// The value of `node` as JSON, with YAML's types: `3` is a number, `"3"` and
/// `3 a` are text. A fault: a limit above is exceeded.
std::expected<std::string, YamlFault> json_of(const YAML::Node& node);

}  // namespace kprofefe::kube
