// SPDX-License-Identifier: MIT
#include "certificate.hpp"

#include "http/system_ca.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::http {
namespace {

using kprofefe::test::Scratch;

SystemCa find(const std::string& file, const std::string& folders) {
  Env env;
  env.variables = {{"SSL_CERT_FILE", file}, {"SSL_CERT_DIR", folders}};
  return find_system_ca(env);
}

TEST_SUITE_BEGIN("http::find_system_ca");

TEST_CASE(
    "a file of the environment is taken, and named when it is not there") {
  const Scratch scratch;
  const std::string file = scratch.write("ca.crt", test::k_certificate);

  CHECK(find(file, "").file == file);
  CHECK(find(file, "").pem.empty());
  CHECK(find(file, "").error.empty());
  const std::string nowhere = scratch / "nowhere";
  CHECK(find(nowhere, "").error.starts_with("SSL_CERT_FILE: "));
  CHECK(find(nowhere, "").error.find(nowhere) != std::string::npos);
}

TEST_CASE("folders of the environment are read, whatever their files' names") {
  const Scratch scratch;
  static_cast<void>(scratch.write("one/x.crt", test::k_certificate));
  static_cast<void>(scratch.write("two/y", test::k_broken));
  static_cast<void>(scratch.write("two/z", test::k_certificate));
  const std::string folders =
      (scratch / "one") + ":" + (scratch / "none") + ":" + (scratch / "two");
  const std::string one = test::k_certificate;

  // Not having the file is no matter then, as with Go.
  const SystemCa ca = find(scratch / "nowhere", folders);
  CHECK(ca.pem == one + one);
  CHECK(ca.error.empty());

  const std::string file = scratch.write("ca.crt", test::k_certificate);
  CHECK(find(file, folders).pem == one + one + one);
  CHECK(find(file, scratch / "none").pem.empty());
  CHECK(find(file, scratch / "none").file == file);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
