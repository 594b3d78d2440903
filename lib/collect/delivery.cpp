// SPDX-License-Identifier: MIT
#include "collect/delivery.hpp"

#include "collect/directory_sink.hpp"
#include "collect/profefe_sink.hpp"
#include "collect/reach_server.hpp"
#include "http/retry.hpp"
#include "profefe/wait_for_server.hpp"

#include <utility>

namespace kprofefe::collect {

async::Task<Result<std::unique_ptr<Delivery>>> Delivery::open(
    const DeliveryRequest* request, const kube::ClusterRequest* cluster,
    const Session* session) {
  auto delivery = std::make_unique<Delivery>(session, *request);
  if (!request->output_dir.empty()) {
    CO_TRY_ASSIGN(auto sink, open_directory_sink(request->output_dir,
                                                 {.fsync = request->fsync}));
    delivery->sinks_.push_back(std::move(sink));
  }
  if (request->profefe) {
    CO_TRY_ASSIGN(delivery->server_,
                  co_await reach_server(session, *request->profefe, cluster));
    delivery->profefe_.emplace(
        session->http, *delivery->server_,
        profefe::Options{.patience = request->patience,
                         .stop = session->delivery_stop});
    delivery->sinks_.push_back(profefe_sink(&*delivery->profefe_));
  }
  co_return delivery;
}

std::vector<Sink*> Delivery::sinks() const {
  std::vector<Sink*> sinks;
  sinks.reserve(sinks_.size());
  for (const auto& sink : sinks_) {
    sinks.push_back(sink.get());
  }
  return sinks;
}

async::Task<Result<void>> Delivery::check_server() {
  if (!server_) {
    co_return Result<void>{};
  }
  const bool has_files = !request_.output_dir.empty();
  const Result<void> answered = co_await profefe::wait_for_server(
      session_, *server_,
      has_files ? std::chrono::milliseconds(0) : request_.patience);
  if (answered || !has_files || !http::is_retryable(answered.error())) {
    co_return answered;
  }
  session_->messages->note(answered.error().message);
  co_return Result<void>{};
}

}  // namespace kprofefe::collect
