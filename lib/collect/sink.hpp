// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/env.hpp"
#include "base/result.hpp"
#include "collect/target.hpp"
#include "pprof/kind.hpp"

#include <string>
#include <string_view>

namespace kprofefe::collect {

/// A fetched profile on its way to where it is kept. Target and bytes belong
/// to the giver and live until deliver() has ended.
struct FetchedProfile {
  const Target* target = nullptr;
  pprof::ProfileKind kind{};
  SystemTime taken_at;
  std::string_view bytes;
};

/// Where profiles are kept.
class Sink {
 public:
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  virtual ~Sink() = default;

  /// Keeps the bytes as they are, or uses them up; says where they can be found
  /// (a path, a URL) or what they were (`pod/api-0`). Deliveries are
  /// interleaved on the one loop, and an interrupt does not end them.
  virtual async::Task<Result<std::string>> deliver(FetchedProfile profile) = 0;
};

}  // namespace kprofefe::collect
