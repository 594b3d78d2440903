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

/// What one request shows the API server of us.
struct Credential {
  std::string authorization;  ///< the header; empty: none
  /// In place of the cluster's own, with another client certificate; null: the
  /// cluster's own.
  std::shared_ptr<const http::Tls> tls;

  bool operator==(const Credential&) const = default;
};

/// Who we are to the API server. What proves it may change under us, and may
/// take a program or another server to come by. Never printed, and for the API
/// server's eyes only.
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

  /// What the next request is to show. Errors: config, denied, cancelled: there
  /// is nothing to show, and why; no kind that would speak of a connection to
  /// the API server.
  virtual async::Task<Result<Credential>> current(Access access) = 0;

  /// The server did not accept `rejected`, which current() yielded: looks for
  /// something newer at once. True when current() has now something else.
  /// Errors: denied, cancelled: it was looked for in vain, and why.
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
