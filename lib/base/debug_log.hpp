// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string_view>

namespace kprofefe {

/// Who hears what is decided and sent on the way to a result (-v). Nothing that
/// is secret is ever printed to it.
struct DebugLog {
  /// Routes tried, retries and waits.
  static constexpr int k_decisions = 1;
  /// Every HTTP request and how it ended, as kubectl -v=6.
  static constexpr int k_requests = 6;

  int level = 0;  ///< 0: nothing
  std::function<void(std::string_view line)> print = nullptr;

  [[nodiscard]] bool wants(int what) const {
    return level >= what && print != nullptr;
  }
};

}  // namespace kprofefe
