// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "http/client.hpp"
#include "http/message.hpp"

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace kprofefe::kube {

/// The credentials of one request to the API server.
struct Credential {
  std::string authorization;  ///< the header; empty: none
  /// In place of the cluster's own, with another client certificate; null: the
  /// cluster's own.
  std::shared_ptr<const http::Tls> tls;

  bool operator==(const Credential&) const = default;
};

/// A source of credentials for the API server. They may change at any time, and
/// may come from a program or another server. Never printed, and sent to the
/// API server only.
class CredentialSource {
 public:
  /// What a task of this class may use; the client outlives it.
  struct Access {
    http::Client* client = nullptr;
    std::stop_token stop;
  };

  CredentialSource() = default;
  CredentialSource(const CredentialSource&) = delete;
  CredentialSource& operator=(const CredentialSource&) = delete;
  virtual ~CredentialSource() = default;

  /// The credentials of the next request. Errors: config, denied, cancelled:
  /// there are none, and why; never a kind that would mean a failed connection
  /// to the API server.
  virtual async::Task<Result<Credential>> current(Access access) = 0;

  /// The server did not accept `rejected`, which current() yielded: looks for
  /// something newer at once. True when current() has now something else.
  /// Errors: denied, cancelled: there is nothing newer, and why.
  virtual async::Task<Result<bool>> renew(Access access,
                                          Credential rejected) = 0;
};

/// The same header for ever; an empty one is none.
std::shared_ptr<CredentialSource> fixed_credentials(std::string authorization);

/// `Bearer ...`, the token as it is but for spaces at its end. Errors: config,
/// when it cannot stand in a header.
Result<std::string> bearer(std::string_view token);

/// `Basic ...` (RFC 7617).
std::string basic(std::string_view username, std::string_view password);

}  // namespace kprofefe::kube
