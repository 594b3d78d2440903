// SPDX-License-Identifier: MIT
#include "collect/round.hpp"

#include "async/for_each_bounded.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace kprofefe::collect {
namespace {

using Clock = std::chrono::steady_clock;

/// One round under way: what its tasks share.
class Round {
 public:
  Round(RoundParts parts, RoundOptions options, std::vector<Target> targets)
      : parts_(std::move(parts)),
        options_(std::move(options)),
        fetches_(plan_fetches(options_.plan)) {
    report_.started = options_.now();
    for (Target& target : targets) {
      report_.targets.push_back({.target = std::move(target)});
    }
  }

  async::Task<Report> run() {
    const auto job = [this](std::size_t index) {
      return profile(&report_.targets[index]);
    };
    co_await async::for_each_bounded(report_.targets.size(),
                                     options_.concurrency, job);
    co_return std::move(report_);
  }

 private:
  async::Task<void> profile(TargetReport* report) {
    for (const pprof::ProfileKind kind : options_.plan.kinds) {
      report->rows.push_back({.kind = kind});
    }
    const std::unique_ptr<Connection> connection =
        parts_.route->connect(&report->target);
    std::optional<Error> closed;
    for (std::size_t i = 0; i < fetches_.size(); ++i) {
      Row& row = report->rows[fetches_[i].row];
      if (closed) {
        // What is true of the way is true of the other profiles.
        fail_row(row, *closed);
      } else if (options_.fetch.stop.stop_requested()) {
        row.reason = "interrupted";
      } else {
        const bool last = i + 1 == fetches_.size();
        closed = co_await fill_row(connection.get(), &report->target,
                                   fetches_[i], last, &row);
      }
      report->via = connection->via();
      report->detour = connection->detour();
      if (options_.on_row) {
        options_.on_row(report->target, row);
      }
    }
  }

  /// Fetches and delivers one profile. The error, if it means that nothing
  /// else can be fetched from the target.
  async::Task<std::optional<Error>> fill_row(Connection* connection,
                                             const Target* target, Fetch fetch,
                                             bool last, Row* row) {
    const Clock::time_point begin = Clock::now();
    Fetched fetched = co_await fetch_profile(connection, target, fetch, last,
                                             &options_.fetch);
    row->duration = std::chrono::duration_cast<std::chrono::milliseconds>(
        Clock::now() - begin);
    if (const auto* nothing = std::get_if<NothingThere>(&fetched)) {
      row->outcome = Outcome::skipped;
      row->reason = nothing->reason;
    } else if (const auto* obstacle = std::get_if<Obstacle>(&fetched)) {
      fail_row(*row, obstacle->error);
      if (obstacle->closes_the_way) {
        co_return obstacle->error;
      }
    } else {
      co_await deliver(target, std::get<http::Body>(std::move(fetched)), row);
    }
    co_return std::nullopt;
  }

  async::Task<void> deliver(const Target* target, http::Body body, Row* row) {
    row->bytes = body.bytes.size();
    if (parts_.sinks.empty()) {
      fail_row(*row, {ErrorKind::usage, "there is nowhere to keep it"});
      co_return;
    }
    row->outcome = Outcome::stored;
    const FetchedProfile profile{.target = target,
                                 .kind = row->kind,
                                 .taken_at = options_.now(),
                                 .bytes = body.bytes};
    for (Sink* sink : parts_.sinks) {
      Result<std::string> location = co_await sink->deliver(profile);
      if (location) {
        row->locations.push_back(*std::move(location));
      } else {
        fail_row(*row, location.error());
      }
    }
  }

  /// Of two sinks that fail both reasons are kept, in their order.
  static void fail_row(Row& row, const Error& error) {
    if (row.outcome != Outcome::failed) {
      const bool interrupted = error.kind == ErrorKind::cancelled;
      row.outcome = interrupted ? Outcome::interrupted : Outcome::failed;
    }
    row.reason += (row.reason.empty() ? "" : "; ") + error.message;
  }

  RoundParts parts_;
  RoundOptions options_;
  std::vector<Fetch> fetches_;
  Report report_;
};

}  // namespace

async::Task<Report> run_round(RoundParts parts, RoundOptions options,
                              std::vector<Target> targets) {
  Round round(std::move(parts), std::move(options), std::move(targets));
  Report report = co_await round.run();
  co_return report;
}

}  // namespace kprofefe::collect
