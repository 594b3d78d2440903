// SPDX-License-Identifier: MIT
#include "certificate.hpp"

#include "http/key_pair.hpp"

#include <doctest/doctest.h>
#include <openssl/err.h>

namespace kprofefe::http {
namespace {

using test::k_certificate;
using test::k_its_key;
constexpr const char* k_other_key =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBOwHCM08k5KCvxay\n"
    "Xu3G7lAW6qK4dmCIVK6atP+36MehRANCAASDP75KWJfFGDkInlLiXjyHKqDK8692\n"
    "TCtpTtb6iNDdgfHmLMFnSUB8raG8ZddRebFKXXpL0j6ibgVUgb4WFllU\n"
    "-----END PRIVATE KEY-----\n";
constexpr const char* k_key_of_another_type =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIAZTbE9Ve+gjzbPy9Ad1+sXMx8W31dOkD8wzGNbN9/ta\n"
    "-----END PRIVATE KEY-----\n";

TEST_SUITE_BEGIN("http::is_key_pair");

TEST_CASE("a certificate goes with its own key only") {
  CHECK(is_key_pair(k_certificate, k_its_key));
  CHECK_FALSE(is_key_pair(k_certificate, k_other_key));
  CHECK_FALSE(is_key_pair(k_certificate, k_key_of_another_type));
  CHECK(ERR_peek_error() == 0);
}

TEST_CASE("the first certificate of a chain is the one that counts") {
  CHECK(is_key_pair(std::string("# mine\n") + k_certificate + k_certificate,
                    k_its_key));
}

TEST_CASE("what cannot be read is left to the TLS library") {
  CHECK(is_key_pair("", ""));
  CHECK(is_key_pair(k_certificate, k_certificate));
  CHECK(
      is_key_pair("-----BEGIN CERTIFICATE-----\nMIIB\n"
                  "-----END CERTIFICATE-----\n",
                  k_its_key));
  CHECK(ERR_peek_error() == 0);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
