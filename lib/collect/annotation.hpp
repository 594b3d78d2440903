// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace kprofefe::collect {

// The annotations by which pods ask to be profiled, as kube-profefe has them;
// `scheme` and `path` it documents and does not read.
inline constexpr std::string_view k_enable = "profefe.com/enable";
inline constexpr std::string_view k_scheme = "profefe.com/scheme";
inline constexpr std::string_view k_port = "profefe.com/port";
inline constexpr std::string_view k_path = "profefe.com/path";
inline constexpr std::string_view k_service = "profefe.com/service";

inline constexpr std::array k_annotations = {k_enable, k_scheme, k_port, k_path,
                                             k_service};

/// Whether an annotation is one of ours.
constexpr bool is_known(std::string_view key) {
  return std::ranges::find(k_annotations, key) != k_annotations.end();
}

}  // namespace kprofefe::collect
