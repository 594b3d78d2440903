// SPDX-License-Identifier: MIT
#include "collect/round.hpp"

#include "async/for_each_bounded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <new>
#include <optional>
#include <utility>

namespace kprofefe::collect {
namespace {

using Clock = std::chrono::steady_clock;

using std::chrono::milliseconds;

Error out_of_memory() {
  return {ErrorKind::io, "not enough memory"};
}

/// Why the other profiles of a target are not asked for: who has not answered
/// once would cost its timeout for each of them.
Error not_asked(const Fetch& silent, const Error& why) {
  return {why.kind, fmt::format("not fetched because {} failed: {}",
                                pprof::kind_name(silent.kind), why.message)};
}

/// How long a pod may keep us waiting, in all: one timeout. Time in which it
/// samples, or sends at more than the least rate, or we have no room, is not
/// its own.
class Allowance {
 public:
  Allowance(milliseconds all, std::size_t min_rate)
      : left_(all), min_rate_(std::max<std::size_t>(min_rate, 1)) {}

  [[nodiscard]] milliseconds left() const { return left_; }

  void charge(const Fetch& fetch, milliseconds took, const FetchedBody& got) {
    constexpr std::size_t k_ms = 1000;
    const milliseconds sending(got.body.bytes.size() * k_ms / min_rate_);
    const milliseconds idle = took - fetch.sampling - got.waited - sending;
    left_ -= std::max(idle, milliseconds(0));
  }

 private:
  milliseconds left_;
  std::size_t min_rate_;
};

/// One target's turn: what its fetches share.
struct Visit {
  std::unique_ptr<Connection> connection;
  const Target* target = nullptr;
  Allowance allowance;
};

/// One round under way: what its tasks share.
class Round {
 public:
  Round(RoundParts parts, RoundOptions options, std::vector<Target> targets)
      : parts_(std::move(parts)),
        options_(std::move(options)),
        fetches_(plan_fetches(options_.plan)),
        checker_(options_.fetch.check_limits),
        has_ended_(targets.size(), false) {
    options_.fetch.checker = &checker_;
    report_.started = options_.now();
    report_.targets.reserve(targets.size());
    for (Target& target : targets) {
      report_.targets.push_back({.target = std::move(target)});
    }
  }

  async::Task<Report> run() {
    const auto job = [this](std::size_t index) { return profile(index); };
    co_await async::for_each_bounded(report_.targets.size(),
                                     options_.concurrency, job);
    if (options_.on_target) {
      report_.targets.clear();
    }
    co_return std::move(report_);
  }

 private:
  async::Task<void> profile(std::size_t index) {
    TargetReport& report = report_.targets[index];
    for (const pprof::ProfileKind kind : options_.plan.kinds) {
      report.rows.push_back({.kind = kind});
    }
    try {
      co_await fill(&report);
    } catch (const std::bad_alloc&) {
      for (Row& row : report.rows) {
        if (row.outcome == Outcome::interrupted) {
          fail_row(row, out_of_memory());
        }
      }
    }
    has_ended_[index] = true;
    hand_on();
  }

  /// Those that have ended, up to the first that has not.
  void hand_on() {
    if (!options_.on_target) {
      return;
    }
    for (; handed_on_ < has_ended_.size() && has_ended_[handed_on_];
         ++handed_on_) {
      options_.on_target(std::exchange(report_.targets[handed_on_], {}));
    }
  }

  async::Task<void> fill(TargetReport* report) {
    Visit visit{.connection = parts_.route->connect(&report->target),
                .target = &report->target,
                .allowance = {options_.plan.slack, options_.fetch.min_rate}};
    std::optional<Error> closed;
    for (std::size_t i = 0; i < fetches_.size(); ++i) {
      Row& row = report->rows[fetches_[i].row];
      if (closed) {
        // What is true of the way is true of the other profiles.
        fail_row(row, *closed);
      } else if (options_.fetch.stop.stop_requested()) {
        row.reason = "interrupted";
      } else {
        Fetch fetch = fetches_[i];
        fetch.timeout = fetch.sampling + visit.allowance.left();
        const bool last = i + 1 == fetches_.size();
        closed = co_await fill_row(&visit, fetch, last, &row);
      }
      report->via = visit.connection->via();
      report->address = visit.connection->address();
      report->fallback_reason = visit.connection->fallback_reason();
      if (options_.on_row) {
        options_.on_row(report->target, row);
      }
    }
  }

  /// Fetches and delivers one profile. The error, if it means that nothing
  /// else can be fetched from the target.
  async::Task<std::optional<Error>> fill_row(Visit* visit, Fetch fetch,
                                             bool last, Row* row) {
    const Clock::time_point begin = Clock::now();
    Fetched fetched = co_await fetch_profile(
        visit->connection.get(), visit->target, fetch, last, &options_.fetch);
    row->duration =
        std::chrono::duration_cast<milliseconds>(Clock::now() - begin);
    if (const auto* nothing = std::get_if<NothingThere>(&fetched)) {
      row->outcome = Outcome::skipped;
      row->reason = nothing->reason;
      row->absence = nothing->absence;
      co_return std::nullopt;
    }
    if (auto* const failure = std::get_if<RouteError>(&fetched)) {
      co_await add_reason(visit->target, &failure->error);
      fail_row(*row, failure->error);
      if (failure->error.kind == ErrorKind::timeout) {
        co_return not_asked(fetch, failure->error);
      }
      co_return failure->closes_route ? std::optional(failure->error)
                                      : std::nullopt;
    }
    auto& got = std::get<FetchedBody>(fetched);
    visit->allowance.charge(fetch, row->duration, got);
    co_await deliver(visit->target, std::move(got.body), row);
    if (visit->allowance.left().count() <= 0) {
      co_return not_asked(
          fetch, {ErrorKind::timeout, "the pod's --timeout is used up"});
    }
    co_return std::nullopt;
  }

  /// A pod that went away in the middle of a round is no mystery.
  async::Task<void> add_reason(const Target* target, Error* error) {
    const bool has_not_answered = error->kind == ErrorKind::unreachable ||
                                  error->kind == ErrorKind::network ||
                                  error->kind == ErrorKind::timeout ||
                                  error->kind == ErrorKind::http_status ||
                                  error->kind == ErrorKind::not_found;
    if (!has_not_answered || !parts_.find_reason ||
        reasons_asked_ == k_max_reasons) {
      co_return;
    }
    ++reasons_asked_;
    const std::string reason = co_await parts_.find_reason(target);
    if (!reason.empty()) {
      error->message = fmt::format("{}: {}", reason, error->message);
    }
  }

  async::Task<void> deliver(const Target* target, http::Body body, Row* row) {
    row->bytes = body.bytes.size();
    if (parts_.sinks.empty()) {
      fail_row(*row, {ErrorKind::usage, "no destination to store it in"});
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

  /// When very many fail it is not for a reason of their own.
  static constexpr std::size_t k_max_reasons = 16;

  RoundParts parts_;
  RoundOptions options_;
  std::vector<Fetch> fetches_;
  pprof::BodyChecker checker_;
  Report report_;
  std::vector<bool> has_ended_;  // by target
  std::size_t handed_on_ = 0;
  std::size_t reasons_asked_ = 0;
};

}  // namespace

async::Task<Report> run_round(RoundParts parts, RoundOptions options,
                              std::vector<Target> targets) {
  Round round(std::move(parts), std::move(options), std::move(targets));
  Report report = co_await round.run();
  co_return report;
}

}  // namespace kprofefe::collect
