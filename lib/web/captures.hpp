// SPDX-License-Identifier: MIT
#pragma once

#include "async/loop.hpp"
#include "base/result.hpp"
#include "pprof/kind.hpp"
#include "session/session.hpp"
#include "source/load.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::web {

/// What to capture.
struct CaptureOrder {
  pprof::ProfileKind kind = pprof::ProfileKind::cpu;
  std::chrono::seconds seconds{30};  ///< of kinds that sample over time
  /// `namespace/pod`; empty: what the session was started with.
  std::vector<std::string> pods;
};

enum class CaptureState : std::uint8_t { running, done, failed, stopped };

/// `running`, `done`, `failed`, `stopped`.
std::string_view state_name(CaptureState state);

/// A capture that a page has asked for.
struct CaptureStatus {
  CaptureState state = CaptureState::running;
  CaptureOrder order;
  std::chrono::steady_clock::time_point begun;
  std::size_t pods = 0;  ///< 0: they are still looked for
  std::size_t pods_done = 0;
  std::vector<std::string> failures;  ///< `shop/api-0: ...`
  std::string route;                  ///< by which pods were reached
  std::string profile;                ///< its id, when it is done
  std::string error;                  ///< why it failed
};

/// The captures of one page, each a task of its own.
class Captures {
 public:
  /// What a profile that came is made of; its id in the history.
  using Keep = std::function<std::string(source::LoadedProfile loaded,
                                         const CaptureStatus& status)>;

  static constexpr std::size_t k_most_at_once = 4;

  /// Pods are found and reached as `request` has it, whose namespace nothing
  /// can leave. All pointers must outlive the captures.
  Captures(const Session* session, source::ReadRequest request,
           source::Input input, Keep keep);
  Captures(const Captures&) = delete;
  Captures& operator=(const Captures&) = delete;
  ~Captures();

  /// Begins one; its id. Errors: usage (a pod of another namespace, no such
  /// name), busy (too many run).
  Result<std::string> start(async::Loop& loop, CaptureOrder order);

  /// Errors: not_found.
  [[nodiscard]] Result<const CaptureStatus*> find(std::string_view id) const;

  /// Ends it, if it still runs. Errors: not_found.
  Result<void> stop(std::string_view id);

  [[nodiscard]] std::size_t count_running() const;

 private:
  class Run;

  Result<source::Input> choose(const CaptureOrder& order,
                               source::ReadRequest& request) const;

  const Session* session_;
  source::ReadRequest request_;
  source::Input input_;
  Keep keep_;
  std::map<std::string, std::shared_ptr<Run>, std::less<>> runs_;
  std::size_t started_ = 0;
};

}  // namespace kprofefe::web
