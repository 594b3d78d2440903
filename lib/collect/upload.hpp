// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/env.hpp"
#include "base/result.hpp"
#include "profefe/client.hpp"
#include "profefe/labels.hpp"

#include <string>

namespace kprofefe::collect {

/// A profile or trace that somebody has in a file, for a profefe server.
struct UploadRequest {
  std::string service;
  std::string type;  ///< empty: told from the profile, or else from its name
  profefe::Labels labels;
  std::string name;  ///< a path, for messages
  std::string bytes;
  /// Of a profile that does not say when it was taken.
  SystemTime otherwise_created_at;
};

struct Uploaded {
  std::string url;
  std::string type;
};

/// Pushes it. Errors, with the name: malformed (no profile, or an empty one),
/// and as of profefe::Client::push(). `client` must outlive the task.
async::Task<Result<Uploaded>> upload(profefe::Client* client,
                                     UploadRequest request);

}  // namespace kprofefe::collect
