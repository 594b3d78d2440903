// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/env.hpp"
#include "base/result.hpp"
#include "http/client.hpp"
#include "http/retry.hpp"
#include "profefe/answer.hpp"
#include "profefe/hostport.hpp"
#include "profefe/labels.hpp"
#include "profefe/push_attempts.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::profefe {

struct Options {
  /// For every request; only what can pass by waiting is tried again.
  http::RetryPolicy retry;
  std::chrono::milliseconds connect_timeout{5000};
  std::chrono::milliseconds timeout{30000};  ///< of one try
  /// A longer answer is an error: the cap of fetch().
  std::size_t max_body_bytes = std::size_t{64} << 20;
  /// How long all pushes together wait for an unavailable server; 0: each push
  /// is tried once.
  std::chrono::milliseconds patience{10000};
  /// Ends every request and every wait between tries (cancelled).
  std::stop_token stop;
};

/// One profile to store.
struct PushRequest {
  std::string service;
  std::string type;  ///< a name of ours: see stored_type()
  Labels labels;
  /// profefe prefers the time that a profile itself holds.
  SystemTime created_at;
  /// Must live until push() has ended; sent as it is.
  std::string_view body;
};

/// Which stored profiles to list.
struct ProfileQuery {
  std::string service;
  std::string type;  ///< a name of ours; empty: every type
  Labels labels;
  SystemTime from;
  SystemTime to;
  std::optional<unsigned> limit;
};

/// The HTTP API of one profefe server. Errors of every call, with a message
/// that names the URL: unreachable, network and timeout (no answer),
/// http_status and denied (it refused), malformed (what answers is not
/// profefe), cancelled. Must outlive its tasks, and `http` must outlive it.
class Client {
 public:
  Client(http::Client* http, Server server, Options options);

  /// Stores a profile. Nothing: profefe takes no profile without samples, so
  /// there is none to keep. A push whose answer was lost is sent again: rarely
  /// a profile is stored twice. Sent again as PushAttempts has it.
  async::Task<Result<std::optional<StoredProfile>>> push(PushRequest profile);

  /// The oldest first, as the server orders them; empty when there are none.
  async::Task<Result<std::vector<StoredProfile>>> find_profiles(
      ProfileQuery query);

  /// Every service with stored profiles; empty when there are none.
  async::Task<Result<std::vector<std::string>>> services();

  async::Task<Result<ServerVersion>> version();

  /// The bytes as they were pushed; of several, `id1+id2`, merged by the
  /// server. Errors also: not_found.
  async::Task<Result<std::string>> fetch(std::string id);

  /// Where fetch() finds a profile: `<hostport>/api/0/profiles/<id>`. The id
  /// is encoded twice, because profefe decodes its path twice and ids of its
  /// S3 and GCS storage hold `/`, `,` and `%`.
  [[nodiscard]] std::string profile_url(std::string_view id) const;

 private:
  [[nodiscard]] http::Request request_to(std::string url) const;
  [[nodiscard]] http::Request request_to_push(const PushRequest& profile) const;
  [[nodiscard]] StoredProfile with_url(StoredProfile profile) const;
  async::Task<Result<http::Response>> get(std::string url);

  http::Client* http_;
  std::string base_;  // without a trailing slash
  std::shared_ptr<const http::Tunnel> tunnel_;
  std::string authorization_;
  Options options_;
  PushAttempts push_attempts_;
};

}  // namespace kprofefe::profefe
