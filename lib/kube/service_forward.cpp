// SPDX-License-Identifier: MIT
#include "kube/service_forward.hpp"

#include "kube/service.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>

#include <optional>
#include <utility>
#include <vector>

namespace kprofefe::kube {
namespace {

/// The forwards of one tunnel, and why the last one failed.
class Forwards : public std::enable_shared_from_this<Forwards> {
 public:
  Forwards(boost::asio::any_io_executor executor, std::shared_ptr<Api> api,
           PodPort target, ForwardOptions options)
      : executor_(std::move(executor)),
        api_(std::move(api)),
        target_(std::move(target)),
        options_(std::move(options)) {}

  /// Bytes wait in the socket until the forward is open.
  bool attach(Fd near_end) {
    // Later: libcurl asks for a socket from within itself.
    boost::asio::post(executor_,
                      [self = shared_from_this(),
                       end = std::make_shared<Fd>(std::move(near_end))] {
                        boost::asio::co_spawn(self->executor_, carry(self, end),
                                              boost::asio::detached);
                      });
    return true;
  }

  [[nodiscard]] std::optional<Error> failure() const {
    if (!open_.empty() && open_.back()->failure()) {
      return open_.back()->failure();
    }
    return failure_;
  }

 private:
  /// When it fails the socket is closed with `end`, which ends the request.
  static async::Task<void> carry(std::shared_ptr<Forwards> self,
                                 std::shared_ptr<Fd> end) {
    PortForward::Opened opened = co_await PortForward::open(
        self->api_.get(), self->target_, self->options_);
    if (!opened) {
      self->failure_ = std::move(opened).error().error;
      co_return;
    }
    self->failure_.reset();
    std::erase_if(self->open_,
                  [](const auto& forward) { return forward->is_over(); });
    self->open_.push_back(*std::move(opened));
    self->open_.back()->attach(std::move(*end));
  }

  boost::asio::any_io_executor executor_;
  std::shared_ptr<Api> api_;
  PodPort target_;
  ForwardOptions options_;
  std::vector<std::unique_ptr<PortForward>> open_;
  std::optional<Error> failure_;  ///< of opening the last one
};

Error no_pod(const Service& service, const ServicePort& port,
             std::size_t running) {
  const std::string which =
      running == 0 ? std::string("running pods")
                   : fmt::format("pods with a port named {}", port.target);
  return {ErrorKind::not_found,
          fmt::format("service {} in namespace {} has no {}", service.name,
                      service.ns, which)};
}

/// A pod behind the port of the Service, and the number of its port.
async::Task<Result<PodPort>> find_pod(Api* api, Service service,
                                      ServicePort port) {
  if (service.selector.empty()) {
    co_return std::unexpected(no_pod(service, port, 0));
  }
  std::size_t running = 0;
  std::optional<PodPort> chosen;
  const OnPod look = [&](Pod&& pod) {
    if (pod.phase != "Running" || pod.terminating || !pod.defect.empty()) {
      return;
    }
    ++running;
    const std::optional<std::uint16_t> number = port_of_pod(port, pod);
    if (number && !chosen) {
      chosen = PodPort{.ns = pod.ns, .pod = pod.name, .port = *number};
    }
  };
  PodQuery query{.ns = service.ns, .label_selector = service.label_selector()};
  CO_TRY(co_await api->list_pods(std::move(query), look));
  if (!chosen) {
    co_return std::unexpected(no_pod(service, port, running));
  }
  co_return *std::move(chosen);
}

}  // namespace

async::Task<Result<ServiceForward>> forward_service(http::Client* client,
                                                    std::shared_ptr<Api> api,
                                                    ServiceName service,
                                                    ForwardOptions options) {
  CO_TRY_ASSIGN(const Service found,
                co_await api->get_service(service.ns, service.name));
  CO_TRY_ASSIGN(const ServicePort port, find_port(found, service.port));
  CO_TRY_ASSIGN(PodPort target, co_await find_pod(api.get(), found, port));
  const auto executor = co_await boost::asio::this_coro::executor;
  const auto forwards = std::make_shared<Forwards>(
      executor, std::move(api), std::move(target), std::move(options));
  http::Tunnel tunnel{
      .id = client->new_tunnel_id(),
      .attach = [forwards](Fd end) { return forwards->attach(std::move(end)); },
      .failure = [forwards] { return forwards->failure(); }};
  co_return ServiceForward{
      .tunnel = std::make_shared<const http::Tunnel>(std::move(tunnel)),
      .port = port.number};
}

}  // namespace kprofefe::kube
