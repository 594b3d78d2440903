// SPDX-License-Identifier: MIT
#include "collect/probe.hpp"

#include "async/for_each_bounded.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

namespace kprofefe::collect {
namespace {

/// Go's page takes 2 KB.
constexpr std::size_t k_max_index_bytes = std::size_t{1} << 20;

/// Probes under way: what their tasks share.
class Probing {
 public:
  Probing(Route* route, ProbeOptions options,
          const std::vector<Target>& targets)
      : route_(route),
        options_(std::move(options)),
        targets_(targets),
        probes_(targets.size()) {
    options_.fetch.max_body_bytes =
        std::min(options_.fetch.max_body_bytes, k_max_index_bytes);
  }

  async::Task<std::vector<Probe>> run() {
    const auto job = [this](std::size_t index) { return ask(index); };
    co_await async::for_each_bounded(targets_.size(), options_.concurrency,
                                     job);
    co_return std::move(probes_);
  }

 private:
  async::Task<void> ask(std::size_t index) {
    Probe& probe = probes_[index];
    if (options_.fetch.stop.stop_requested()) {
      probe.failure = {ErrorKind::cancelled, "interrupted"};
      co_return;
    }
    constexpr bool k_last = true;
    const std::unique_ptr<Connection> connection =
        route_->connect(&targets_[index]);
    const Fetch fetch{.kind = pprof::ProfileKind::goroutine,
                      .form = Form::index,
                      .timeout = options_.timeout};
    Fetched fetched = co_await fetch_profile(connection.get(), &targets_[index],
                                             fetch, k_last, &options_.fetch);
    read(std::move(fetched), probe);
    probe.via = connection->via();
    probe.fallback_reason = connection->fallback_reason();
  }

  static void read(Fetched fetched, Probe& probe) {
    if (const auto* const got = std::get_if<FetchedBody>(&fetched)) {
      probe.profiles = pprof::read_index(got->body.bytes);
    } else if (auto* const nothing = std::get_if<NothingThere>(&fetched)) {
      probe.failure = {ErrorKind::not_found,
                       "index of profiles " + nothing->reason};
    } else {
      probe.failure = std::move(std::get<RouteError>(fetched).error);
    }
  }

  Route* route_;
  ProbeOptions options_;
  const std::vector<Target>& targets_;
  std::vector<Probe> probes_;
};

}  // namespace

async::Task<std::vector<Probe>> probe_targets(
    Route* route, const ProbeOptions* options,
    const std::vector<Target>* targets) {
  Probing probing(route, *options, *targets);
  co_return co_await probing.run();
}

}  // namespace kprofefe::collect
