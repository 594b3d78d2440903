// SPDX-License-Identifier: MIT
#include "collect/reach_server.hpp"

#include "kube/service_forward.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>

namespace kprofefe::collect {
namespace {

http::Url url_in_cluster(const kube::ServiceName& service, std::uint16_t port) {
  return {.scheme = "http",
          .host = fmt::format("{}.{}.svc", service.name, service.ns),
          .port = port,
          .path = "",
          .query = "",
          .names_port = true};
}

}  // namespace

async::Task<Result<profefe::Server>> reach_server(
    const Session* session, profefe::ServerAddress address,
    const kube::ClusterRequest* cluster) {
  if (!address.service) {
    co_return profefe::Server{
        .url = std::move(address.url),
        .tunnel = nullptr,
        .authorization = std::move(address.authorization)};
  }
  CO_TRY_ASSIGN(kube::OpenCluster opened,
                kube::open_cluster(*cluster, *session));
  const kube::ServiceName service{
      .ns = address.service->ns.empty() ? opened.ns : address.service->ns,
      .name = address.service->name,
      .port = address.service->port};
  kube::ForwardOptions options{.timeout = std::chrono::seconds(10),
                               .stop = session->stop};
  CO_TRY_ASSIGN(
      kube::ServiceForward forward,
      co_await kube::forward_service(session->http, std::move(opened.api),
                                     service, std::move(options)));
  co_return profefe::Server{.url = url_in_cluster(service, forward.port),
                            .tunnel = std::move(forward.tunnel),
                            .authorization = std::move(address.authorization)};
}

}  // namespace kprofefe::collect
