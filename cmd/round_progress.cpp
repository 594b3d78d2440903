// SPDX-License-Identifier: MIT
#include "cmd/round_progress.hpp"

#include "base/byte_size.hpp"
#include "base/duration.hpp"
#include "term/style.hpp"
#include "term/terminal_buffer.hpp"

#include <fmt/format.h>

#include <ostream>
#include <string>

namespace kprofefe::cmd {

RoundProgress::RoundProgress(Streams& streams, async::Loop& loop,
                             const RoundPlan& plan)
    : streams_(streams), plan_(plan) {
  if (streams_.err_is_terminal) {
    draw();
    constexpr std::chrono::milliseconds k_second{1000};
    ticker_.emplace(loop, k_second, [this] { draw(); });
  }
}

RoundProgress::~RoundProgress() {
  if (streams_.err_is_terminal) {
    const term::KeepOwnSequences keep(streams_.err);
    streams_.err << term::k_clear_line << std::flush;
  }
}

void RoundProgress::extend(const RoundPlan& plan) {
  plan_.pods += plan.pods;
  plan_.profiles += plan.profiles;
}

void RoundProgress::count(const collect::Row& row) {
  ++done_;
  failed_ += row.outcome == collect::Outcome::failed ? 1 : 0;
  bytes_ += row.bytes;
  constexpr std::chrono::milliseconds k_redraw{100};
  if (Clock::now() - drawn_ >= k_redraw) {
    draw();
  }
}

void RoundProgress::draw() {
  if (!streams_.err_is_terminal) {
    return;
  }
  drawn_ = Clock::now();
  const auto elapsed =
      std::chrono::duration_cast<Milliseconds>(drawn_ - begin_);
  const Milliseconds left = Milliseconds(plan_.sampling) - elapsed;
  const std::string sampling =
      left.count() > 0
          ? fmt::format(", sampling: {}s left",
                        std::chrono::ceil<std::chrono::seconds>(left).count())
          : "";
  const term::KeepOwnSequences keep(streams_.err);
  streams_.err << term::k_clear_line
               << fmt::format("{}/{} pods, {}/{} profiles, {} failed, {}, {}{}",
                              pods_done_, plan_.pods, done_, plan_.profiles,
                              failed_, format_bytes(bytes_),
                              format_duration(elapsed), sampling)
               << std::flush;
}

}  // namespace kprofefe::cmd
