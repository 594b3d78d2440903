// SPDX-License-Identifier: MIT
#include "web/captures.hpp"

#include "base/text.hpp"
#include "kube/names.hpp"
#include "source/pods.hpp"

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <stop_token>
#include <utility>
#include <variant>

namespace kprofefe::web {

std::string_view state_name(CaptureState state) {
  switch (state) {
    case CaptureState::running:
      return "running";
    case CaptureState::done:
      return "done";
    case CaptureState::failed:
      return "failed";
    case CaptureState::stopped:
      break;
  }
  return "stopped";
}

/// One capture, which its task keeps alive.
class Captures::Run final : public source::CaptureListener {
 public:
  Run(const Session* session, source::ReadRequest request, CaptureOrder order)
      : session_(*session),
        request_(std::move(request)),
        // Who stops the session stops this.
        on_session_stop_(session->stop, [this] { stop_.request_stop(); }) {
    session_.stop = stop_.get_token();
    status_.order = std::move(order);
    status_.begun = std::chrono::steady_clock::now();
    request_.live.plan.kinds = {status_.order.kind};
    request_.live.plan.cpu_time = status_.order.seconds;
  }

  static async::Task<void> run(std::shared_ptr<Run> self, source::Input input,
                               Keep keep) {
    Result<source::LoadedProfile> loaded = co_await source::load(
        &self->session_, std::move(input), &self->request_, self.get());
    if (loaded) {
      self->status_.profile = keep(*std::move(loaded), self->status_);
      self->status_.state = CaptureState::done;
    } else if (self->stop_.stop_requested()) {
      self->status_.state = CaptureState::stopped;
    } else {
      self->status_.error = loaded.error().message;
      self->status_.state = CaptureState::failed;
    }
  }

  void on_start(std::size_t pods, std::chrono::seconds /*sampling*/) override {
    status_.pods = pods;
  }

  void on_row(const collect::Row& /*row*/) override { ++status_.pods_done; }

  void on_end(const collect::Report& report) override {
    for (const collect::TargetReport& target : report.targets) {
      if (!target.via.empty()) {
        status_.route = target.via;
      }
      for (const collect::Row& row : target.rows) {
        if (row.outcome != collect::Outcome::stored) {
          status_.failures.push_back(fmt::format(
              "{}/{}: {}", target.target.ns, target.target.pod, row.reason));
        }
      }
    }
    status_.pods += report.not_targets.size();
    for (const collect::NotTarget& pod : report.not_targets) {
      status_.failures.push_back(
          fmt::format("{}/{}: {}", pod.ns, pod.pod, pod.reason));
    }
  }

  void stop() { stop_.request_stop(); }

  void break_off(std::string why) {
    status_.error = std::move(why);
    status_.state = CaptureState::failed;
  }

  [[nodiscard]] const CaptureStatus& status() const { return status_; }

 private:
  Session session_;
  source::ReadRequest request_;
  CaptureStatus status_;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> on_session_stop_;
};

Captures::Captures(const Session* session, source::ReadRequest request,
                   source::Input input, Keep keep)
    : session_(session),
      request_(std::move(request)),
      input_(std::move(input)),
      keep_(std::move(keep)) {}

Captures::~Captures() = default;

std::size_t Captures::count_running() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(runs_, [](const auto& run) {
        return run.second->status().state == CaptureState::running;
      }));
}

/// Pods by name: a page cannot name those of a namespace that it was not given.
Result<source::Input> Captures::choose(const CaptureOrder& order,
                                       source::ReadRequest& request) const {
  if (order.pods.empty()) {
    return input_;
  }
  std::vector<source::Source> pods;
  pods.reserve(order.pods.size());
  std::string& ns = request.live.pods.selection.ns;
  for (const std::string& text : order.pods) {
    const std::size_t slash = text.find('/');
    const std::string name = text.substr(slash + 1);
    const std::string of = text.substr(0, slash);
    if (slash == std::string::npos || !kube::is_dns_subdomain(name) ||
        !kube::is_dns_label(of)) {
      return fail(ErrorKind::usage,
                  fmt::format("invalid pod \"{}\": use NAMESPACE/NAME",
                              one_line(text)));
    }
    const bool takes_any = request.live.pods.all_namespaces || ns.empty();
    if (takes_any && pods.empty()) {
      ns = of;
      request.live.cluster.choice.ns = of;
    }
    if (of != ns) {
      return fail(ErrorKind::usage,
                  fmt::format("pod {} cannot be captured here: choose pods of "
                              "namespace {} alone",
                              text, ns));
    }
    pods.push_back({source::Kind::pod, name});
  }
  request.live.pods.all_namespaces = false;
  return pods;
}

Result<std::string> Captures::start(async::Loop& loop, CaptureOrder order) {
  if (count_running() >= k_most_at_once) {
    return fail(ErrorKind::busy,
                fmt::format("{} captures are running: stop one or wait",
                            k_most_at_once));
  }
  source::ReadRequest request = request_;
  TRY_ASSIGN(source::Input input, choose(order, request));
  std::string id = std::to_string(++started_);
  const auto run =
      std::make_shared<Run>(session_, std::move(request), std::move(order));
  runs_.emplace(id, run);
  boost::asio::co_spawn(loop.context(), Run::run(run, std::move(input), keep_),
                        [run](const std::exception_ptr& broken) {
                          if (broken) {
                            run->break_off("internal error");
                          }
                        });
  return id;
}

Result<const CaptureStatus*> Captures::find(std::string_view id) const {
  const auto found = runs_.find(id);
  if (found == runs_.end()) {
    return fail(ErrorKind::not_found,
                fmt::format("no capture \"{}\"", one_line(id)));
  }
  return &found->second->status();
}

Result<void> Captures::stop(std::string_view id) {
  TRY(find(id));
  runs_.find(id)->second->stop();
  return {};
}

}  // namespace kprofefe::web
