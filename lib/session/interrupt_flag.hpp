// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>

namespace kprofefe {

/// For code without an event loop: while it lives, SIGINT sets a flag, and ends
/// the process with 130 if that is set already. One at a time.
class InterruptFlag {
 public:
  InterruptFlag();
  InterruptFlag(const InterruptFlag&) = delete;
  InterruptFlag& operator=(const InterruptFlag&) = delete;
  ~InterruptFlag();

  static bool is_set();

  static void clear();

 private:
  struct sigaction before_{};
};

}  // namespace kprofefe
