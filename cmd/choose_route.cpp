// SPDX-License-Identifier: MIT
#include "cmd/choose_route.hpp"

#include "collect/fallback_route.hpp"
#include "collect/pod_ip_route.hpp"
#include "collect/port_forward_route.hpp"
#include "collect/proxy_route.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace kprofefe::cmd {

Result<std::unique_ptr<collect::Route>> choose_route(
    std::string_view via, const PodSource& source, http::Client* client,
    const collect::TargetAccess& access) {
  kube::Api* api = source.api();
  if (via == "pod-ip" || (via == "auto" && api == nullptr)) {
    return collect::pod_ip_route(client, access);
  }
  if (api == nullptr) {
    return fail(ErrorKind::usage,
                fmt::format("--via {} needs an API server, and with -f there "
                            "is none",
                            via));
  }
  if (via == "port-forward") {
    return collect::port_forward_route(client, api, access);
  }
  if (via == "proxy") {
    return collect::proxy_route(api, access);
  }
  std::vector<std::unique_ptr<collect::Route>> routes;
  if (source.in_cluster()) {
    routes.push_back(collect::pod_ip_route(client, access));
  }
  routes.push_back(collect::port_forward_route(client, api, access));
  if (!source.in_cluster()) {
    routes.push_back(collect::proxy_route(api, access));
  }
  return collect::fallback_route(std::move(routes));
}

}  // namespace kprofefe::cmd
