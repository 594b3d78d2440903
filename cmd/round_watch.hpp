// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/command_session.hpp"
#include "cmd/round_progress.hpp"
#include "cmd/streams.hpp"

#include "source/pods.hpp"

#include <chrono>
#include <cstddef>
#include <optional>

namespace kprofefe::cmd {

/// Shows on standard error the rounds over live pods of a command that reads
/// from them: how far they are, then what failed and why.
class RoundWatch final : public source::CaptureListener {
 public:
  /// Both must outlive it.
  RoundWatch(const Context& context, CommandSession& session)
      : context_(context), session_(session) {}

  void on_start(std::size_t pods, std::chrono::seconds sampling) override;
  void on_row(const collect::Row& row) override;
  void on_end(const collect::Report& report) override;

  /// Wipes the progress of what has failed.
  void clear() { progress_.reset(); }

 private:
  const Context& context_;
  CommandSession& session_;
  std::optional<RoundProgress> progress_;  ///< of the rounds under way
  int rounds_ = 0;                         ///< under way
};

}  // namespace kprofefe::cmd
