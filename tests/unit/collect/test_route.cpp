// SPDX-License-Identifier: MIT
#include "collect/route.hpp"

#include <doctest/doctest.h>

namespace kprofefe::collect {
namespace {

TEST_SUITE_BEGIN("collect::Route");

TEST_CASE("the pod's address is the host, IPv6 in brackets") {
  const auto route = pod_ip_route(nullptr);
  CHECK(route->name() == "pod-ip");
  CHECK(route->needs_ip());
  CHECK(route->request({.ip = "10.0.0.7", .port = 6060}, "/debug/pprof/heap")
            .url == "http://10.0.0.7:6060/debug/pprof/heap");
  CHECK(route->request({.ip = "fd00::7", .port = 80}, "/x?seconds=1").url ==
        "http://[fd00::7]:80/x?seconds=1");
}

TEST_CASE("a request to a pod carries no credentials and uses no proxy") {
  const auto route = pod_ip_route(nullptr);
  const http::Request request = route->request({.ip = "10.0.0.7"}, "/");
  CHECK(request.headers.empty());
  CHECK(request.proxy == http::Proxy::none);
  CHECK(request.tls == nullptr);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
