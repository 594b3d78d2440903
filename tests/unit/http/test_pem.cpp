// SPDX-License-Identifier: MIT
#include "http/pem.hpp"
#include "support/pem_texts.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::http {
namespace {

TEST_SUITE_BEGIN("http::pem");

TEST_CASE("certificates are found among other things") {
  const std::string one(test::k_certificate);
  for (const std::string& pem :
       {one, one + one, "# a comment\n" + one, std::string(test::k_key) + one,
        "-----BEGIN CERTIFICATE-----\r\nMIIB\r\ncDCC\r\n"
        "-----END CERTIFICATE-----" +
            std::string()}) {
    CAPTURE(pem);
    CHECK(check_certificates(pem, "x"));
  }
}

TEST_CASE("a text without a certificate is refused by its origin's name") {
  for (const std::string& pem :
       {std::string(), std::string("hello"), std::string(test::k_key),
        std::string(test::k_certificate.substr(0, 40)),
        std::string("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"),
        std::string("-----BEGIN CERTIFICATE-----\n%%%%\n"
                    "-----END CERTIFICATE-----"),
        std::string("-----BEGIN CERTIFICATE-----\naGVsbG8=\n"
                    "-----END CERTIFICATE-----")}) {
    CAPTURE(pem);
    const Result<void> result = check_certificates(pem, "the file ca.crt");
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::config);
    CHECK(result.error().message.starts_with(
        "the file ca.crt contains no certificate"));
  }
}

TEST_CASE("private keys of every kind are found") {
  for (const char* label :
       {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
    CAPTURE(label);
    const std::string pem = std::string(
                                "-----BEGIN EC PARAMETERS-----\nBggq\n"
                                "-----END EC PARAMETERS-----\n") +
                            "-----BEGIN " + label + "-----\nMIGHAgEA\n" +
                            "-----END " + label + "-----\n";
    CHECK(check_private_key(pem, "x"));
  }
}

TEST_CASE("an encrypted key is refused as such") {
  for (const char* pem :
       {"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIHsMFcG\n"
        "-----END ENCRYPTED PRIVATE KEY-----\n",
        "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
        "DEK-Info: AES-128-CBC,C222\n\ngVP/L98Z\n"
        "-----END EC PRIVATE KEY-----\n"}) {
    CAPTURE(pem);
    const Result<void> result = check_private_key(pem, "k");
    REQUIRE_FALSE(result);
    CHECK(result.error().message ==
          "k is encrypted: not supported; decrypt it with openssl "
          "pkey");
  }
}

TEST_CASE("a text without a key is refused") {
  for (const std::string_view pem :
       {std::string_view(), std::string_view("hello"), test::k_certificate,
        test::k_key.substr(0, 45)}) {
    CAPTURE(pem);
    const Result<void> result = check_private_key(pem, "k");
    REQUIRE_FALSE(result);
    CHECK(result.error().message.starts_with("k contains no private key"));
  }
}

TEST_CASE("a key is taken for what it holds, whatever its label says") {
  const std::string ec = test::pem_block("PRIVATE KEY", test::k_ec_pkcs8_body);
  const std::string rsa =
      test::pem_block("PRIVATE KEY", test::k_rsa_pkcs8_body);
  for (const char* label : {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY",
                            "ANY PRIVATE KEY", "X PRIVATE KEY"}) {
    CAPTURE(label);
    CHECK(normal_private_key(test::pem_block(label, test::k_sec1_body)) == ec);
    CHECK(normal_private_key(test::pem_block(label, test::k_ec_pkcs8_body)) ==
          ec);
    CHECK(normal_private_key(test::pem_block(label, test::k_pkcs1_body)) ==
          rsa);
    CHECK(normal_private_key(test::pem_block(label, test::k_rsa_pkcs8_body)) ==
          rsa);
  }
}

TEST_CASE("the first key counts, among whatever else the text holds") {
  const std::string key = test::pem_block("EC PRIVATE KEY", test::k_sec1_body);
  const std::string expected =
      test::pem_block("PRIVATE KEY", test::k_ec_pkcs8_body);
  const std::string other =
      test::pem_block("RSA PRIVATE KEY", test::k_pkcs1_body);
  for (const std::string& pem :
       {test::pem_block("EC PARAMETERS", "BggqhkjOPQMBBw==\n") + key,
        std::string(test::k_certificate) + key,
        key + std::string(test::k_certificate), key + other,
        "Bag Attributes\n    friendlyName: x\n" + key,
        test::pem_block("PUBLIC KEY", test::k_sec1_body) + key,
        test::pem_block("PRIVATE KEY",
                        "Name: x\n\n" + std::string(test::k_sec1_body))}) {
    CAPTURE(pem);
    CHECK(check_private_key(pem, "x"));
    CHECK(normal_private_key(pem) == expected);
  }
}

TEST_CASE("a key that cannot be read is left to the TLS library") {
  for (const std::string& pem :
       {std::string(), std::string("hello"), std::string(test::k_key),
        std::string(test::k_certificate)}) {
    CAPTURE(pem);
    CHECK(normal_private_key(pem) == pem);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
