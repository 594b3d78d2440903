// SPDX-License-Identifier: MIT
#include "certificate.hpp"

#include "http/pem.hpp"

#include <doctest/doctest.h>
#include <openssl/err.h>

#include <string>

namespace kprofefe::http {
namespace {

const std::string k_good = test::k_certificate;
const std::string k_broken = test::k_broken;

TEST_SUITE_BEGIN("http::usable_certificates");

TEST_CASE("what cannot be read is left out, wherever it stands") {
  const std::string no_base64 =
      "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n";
  for (const std::string& pem :
       {k_broken + k_good, k_good + k_broken, no_base64 + k_good,
        "# ours\n" + k_broken + "\n\n" + k_good + "the end",
        k_good + "-----BEGIN CERTIFICATE-----\nMIIB\n"}) {
    CAPTURE(pem);
    CHECK(usable_certificates(pem) == k_good);
  }
  CHECK(usable_certificates(k_good + k_broken + k_good) == k_good + k_good);
  CHECK(ERR_peek_error() == 0);
}

TEST_CASE("a text of which all or none can be read stays as it is") {
  for (const std::string& pem :
       {std::string(), std::string("hello"), k_good, "# ours\n" + k_good + "x",
        k_broken, k_broken + k_broken}) {
    CAPTURE(pem);
    CHECK(usable_certificates(pem) == pem);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
