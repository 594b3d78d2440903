// SPDX-License-Identifier: MIT
#include "cmd/round_progress.hpp"

#include "base/byte_size.hpp"
#include "base/duration.hpp"
#include "term/style.hpp"
#include "term/terminal_buffer.hpp"

#include <fmt/format.h>

#include <ostream>

namespace kprofefe::cmd {

RoundProgress::RoundProgress(Streams& streams, std::size_t total)
    : streams_(streams), total_(total) {
  draw();
}

RoundProgress::~RoundProgress() {
  if (streams_.err_is_terminal) {
    const term::KeepOwnSequences keep(streams_.err);
    streams_.err << term::k_clear_line << std::flush;
  }
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
  const term::KeepOwnSequences keep(streams_.err);
  streams_.err << term::k_clear_line
               << fmt::format("{}/{} profiles, {} failed, {}, {}", done_,
                              total_, failed_, format_bytes(bytes_),
                              format_duration(elapsed))
               << std::flush;
}

}  // namespace kprofefe::cmd
