// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "server/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::server {

/// Lets in the browser of the person who started the program, and nobody else
/// on the host and no page of another site: a token in the first address,
/// exchanged for a cookie, and checks of Host, Origin and Sec-Fetch-Site.
class AccessGuard {
 public:
  /// With new secrets. `authorities`: of the Listener; `landing`: where the
  /// first address leads, as in `/ui/flamegraph`. Errors: io.
  static Result<AccessGuard> create(std::vector<std::string> authorities,
                                    std::string landing);

  /// `http://localhost:8080/start?token=...`: is a secret. Works as often as
  /// wanted as long as the guard lives.
  [[nodiscard]] std::string start_url() const;

  /// The same with a token that works once, for the command line of a browser,
  /// which every user of the host can read.
  [[nodiscard]] std::string browser_url() const;

  /// The answer to a request that is not let in, or to the first address;
  /// nothing: it may pass.
  [[nodiscard]] std::optional<Response> check(const Request& request);

  /// Passes on to `inner` what check() lets in. The guard must outlive it.
  [[nodiscard]] Handler guard(Handler inner);

 private:
  AccessGuard(std::vector<std::string> authorities, std::string landing);

  [[nodiscard]] Response start(const Request& request);
  /// Whether it opens the page; the browser's is used up by that.
  bool takes(std::string_view token);
  [[nodiscard]] std::string url_with(std::string_view token) const;

  std::vector<std::string> authorities_;
  std::string landing_;
  std::string cookie_name_;
  std::string token_;
  std::string browser_token_;  ///< empty: used
  std::string cookie_;
};

}  // namespace kprofefe::server
