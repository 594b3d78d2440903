// SPDX-License-Identifier: MIT
#include "collect/target_access.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <memory>

namespace kprofefe::collect {
namespace {

TEST_SUITE_BEGIN("collect::request_to");

TEST_CASE("the pod's address is the host, IPv6 in brackets") {
  CHECK(
      request_to({.ip = "10.0.0.7", .port = 6060}, {}, "/debug/pprof/heap", {})
          .url == "http://10.0.0.7:6060/debug/pprof/heap");
  CHECK(request_to({.ip = "fd00::7", .port = 80}, {}, "/x?seconds=1", {}).url ==
        "http://[fd00::7]:80/x?seconds=1");
  CHECK(request_to({.scheme = Scheme::https, .port = 8443}, {}, "/", {}).url ==
        "https://localhost:8443/");
}

TEST_CASE("a request carries what pods are to be shown and nothing else") {
  const http::Request plain = request_to({.ip = "10.0.0.7"}, {}, "/", {});
  CHECK(plain.headers.empty());
  CHECK(plain.proxy == "");
  CHECK(plain.tls == nullptr);

  const TargetAccess access{
      .tls = std::make_shared<const http::Tls>(http::Tls{.insecure = true}),
      .headers = {{"Authorization", "Bearer of-pods"}}};
  const http::Request shown = request_to({.ip = "10.0.0.7"}, access, "/",
                                         {.timeout = std::chrono::seconds(7)});
  CHECK(shown.headers == access.headers);
  CHECK(shown.tls == access.tls);
  CHECK(shown.proxy == "");
  CHECK(shown.limits.timeout == std::chrono::seconds(7));
}

TEST_SUITE_END();

TEST_SUITE_BEGIN("collect::check_direct_access");

TEST_CASE("the metadata service is no pod, unless the user says so") {
  const Target target{.ip = "169.254.169.254"};
  const Result<void> allowed =
      check_direct_access(target, target.ip, {.refuses_local_ips = true});
  REQUIRE_FALSE(allowed);
  CHECK(allowed.error().message ==
        "refusing to connect to pod IP 169.254.169.254: it is a link-local "
        "address; use --allow-local-pod-ips if the pod really has it");
  CHECK(check_direct_access(target, target.ip, {}));
  CHECK(check_direct_access({}, "10.0.0.7", {.refuses_local_ips = true}));
}

TEST_CASE("a token goes over TLS, or where the user lets it go") {
  TargetAccess access{.headers = {{"authorization", "Bearer of-pods"}}};
  const Target plain{.ip = "10.0.0.7"};
  const Target secure{.ip = "10.0.0.7", .scheme = Scheme::https};

  const Result<void> allowed = check_direct_access(plain, plain.ip, access);
  REQUIRE_FALSE(allowed);
  CHECK(allowed.error().message ==
        "refusing to send the token over plain HTTP; annotate the pod "
        "with profefe.com/scheme: https or use --target-token-insecure");
  CHECK(check_direct_access(secure, secure.ip, access));
  access.sends_token_in_clear = true;
  CHECK(check_direct_access(plain, plain.ip, access));
  CHECK(
      check_direct_access(plain, plain.ip, {.headers = {{"X-Team", "shop"}}}));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
