// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::kube {

/// What a request to the API server shows in its Authorization header. Tokens
/// in files are replaced under us (a ServiceAccount's every hour or so), so
/// they are read again now and then. Never printed, and for the API server's
/// eyes only.
class Credentials {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  /// None: requests go without the header.
  Credentials() = default;

  /// A fixed token. Errors: config, when it cannot stand in a header.
  static Result<Credentials> from_token(std::string_view token);

  /// The token in a file, which takes precedence over `fallback` while it can
  /// be read. Errors: config, when there is no token at all.
  static Result<Credentials> from_file(
      std::string path, std::string_view fallback,
      Clock clock = std::chrono::steady_clock::now);

  /// `Bearer ...`, or empty for none. A token file is read again when the last
  /// reading is 50 s old (client-go: a minute less ten seconds); the last good
  /// token stays when that fails.
  std::string authorization();

  /// The server did not accept `rejected`, which authorization() returned:
  /// reads the file again at once. True when there is now something else.
  bool renew(std::string_view rejected);

 private:
  Result<void> read();

  std::string path_;
  std::string token_;
  Clock clock_;
  std::optional<std::chrono::steady_clock::time_point> read_at_;
};

}  // namespace kprofefe::kube
