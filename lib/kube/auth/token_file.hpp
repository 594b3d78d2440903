// SPDX-License-Identifier: MIT
#pragma once

#include "kube/auth/credentials.hpp"

#include <chrono>
#include <functional>
#include <optional>

namespace kprofefe::kube {

/// A token in a file that is replaced under us (a ServiceAccount's every hour
/// or so): it is read again when the last reading is 50 s old (client-go: a
/// minute less ten seconds), and at once when it was rejected. The last good
/// token stays when that fails.
class TokenFile final : public CredentialSource {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  /// Reads the file, which takes precedence over the token `fallback` while it
  /// can be read. Errors: config, when there is no token at all.
  static Result<std::shared_ptr<TokenFile>> open(
      std::string path, std::string_view fallback,
      Clock clock = std::chrono::steady_clock::now);

  async::Task<Result<Credential>> current(Access access) override;
  async::Task<Result<bool>> renew(Access access, Credential rejected) override;

 private:
  TokenFile(std::string path, Clock clock);
  Result<void> read();

  std::string path_;
  std::string authorization_;
  Clock clock_;
  std::optional<std::chrono::steady_clock::time_point> read_at_;
};

}  // namespace kprofefe::kube
