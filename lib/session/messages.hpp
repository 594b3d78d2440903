// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <string_view>

namespace kprofefe {

/// Receives messages for the user while work goes on; results are not part
/// of it.
class Messages {
 public:
  Messages() = default;
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;
  virtual ~Messages() = default;

  /// A hint or a warning.
  virtual void note(std::string_view text) = 0;

  /// What happens beneath, for who asks for it with -v.
  virtual void debug(std::string_view text) = 0;

  /// A failure after which work goes on.
  virtual void error(const Error& error) = 0;
};

}  // namespace kprofefe
