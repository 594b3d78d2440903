// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "kube/auth/certificate_files.hpp"
#include "support/pem_texts.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

namespace kprofefe::kube {
namespace {

using namespace std::chrono_literals;

/// A certificate in two files, an hour of them, and who asks for it.
struct World {
  kprofefe::test::Scratch scratch;
  std::string cert = scratch.write("cert", test::k_certificate);
  std::string key = scratch.write("key", test::k_key);
  std::chrono::steady_clock::time_point now;
  CertificateFiles files{
      {.cert_file = cert,
       .key_file = key,
       .tls = std::make_shared<http::Tls>(
           http::Tls{.client_cert_pem = std::string(test::k_certificate),
                     .client_key_pem = std::string(test::k_key),
                     .server_name = "api"}),
       .others = fixed_credentials("Bearer x"),
       .clock = [this] { return now; }}};

  Credential shown() {
    async::Loop loop;
    return *loop.run(files.current({}));
  }

  bool renew(const Credential& rejected) {
    async::Loop loop;
    return loop.run(files.renew({}, rejected)).value();
  }

  void replace(const std::string& path, std::string_view text) const {
    static_cast<void>(scratch.write(path.substr(path.rfind('/') + 1), text));
  }
};

std::string other_certificate() {
  return std::string(test::k_certificate) + std::string(test::k_certificate);
}

TEST_SUITE_BEGIN("kube::CertificateFiles");

TEST_CASE("files are looked at again after a second, not before") {
  World world;
  const Credential first = world.shown();
  CHECK(first.authorization == "Bearer x");
  CHECK(first.tls->client_cert_pem == test::k_certificate);
  world.replace(world.cert, other_certificate());

  world.now += 999ms;
  CHECK(world.shown().tls == first.tls);
  world.now += 1ms;
  const Credential second = world.shown();
  CHECK(second.tls->client_cert_pem == other_certificate());
  CHECK(second.tls->client_key_pem == test::k_key);
  CHECK(second.tls->server_name == "api");
}

TEST_CASE("files that say the same make no new connections") {
  World world;
  const Credential first = world.shown();
  world.now += 2s;
  CHECK(world.shown().tls == first.tls);
}

TEST_CASE("what cannot be shown is left alone") {
  World world;
  const Credential first = world.shown();
  world.replace(world.cert, other_certificate());
  world.replace(world.key, "half of a k");
  world.now += 1s;
  CHECK(world.shown().tls == first.tls);
  world.replace(world.key, test::k_key);
  world.now += 1s;
  CHECK(world.shown().tls->client_cert_pem == other_certificate());
}

TEST_CASE("after a refusal they are looked at right away") {
  World world;
  const Credential first = world.shown();
  CHECK_FALSE(world.renew(first));
  world.replace(world.cert, other_certificate());
  CHECK(world.renew(first));
  CHECK(world.shown().tls->client_cert_pem == other_certificate());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
