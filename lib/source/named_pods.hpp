// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "collect/capture.hpp"
#include "kube/names.hpp"
#include "source/source.hpp"

#include <span>
#include <string>
#include <vector>

namespace kprofefe::source {

/// The pods among some sources, which are asked together.
class NamedPods {
 public:
  /// Errors: usage.
  static Result<NamedPods> among(std::span<const Source> sources);

  [[nodiscard]] bool empty() const { return pods_.empty(); }

  /// `live`, but of these pods.
  [[nodiscard]] collect::CaptureRequest request(
      collect::CaptureRequest live) const;

  /// An error of that request. A file whose name was mistyped ends as a pod
  /// that is not there, or as an API server that nobody thought of.
  [[nodiscard]] Error explain(const Error& error) const;

 private:
  std::vector<kube::PodName> pods_;
  std::vector<std::string> guesses_;  ///< Source::is_guess
};

}  // namespace kprofefe::source
