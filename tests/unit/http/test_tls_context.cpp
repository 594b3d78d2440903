// SPDX-License-Identifier: MIT
#include "certificate.hpp"

#include "http/openssl.hpp"
#include "http/tls_context.hpp"

#include <doctest/doctest.h>
#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace kprofefe::http {
namespace {

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;

/// A server's certificate and its key.
struct Identity {
  std::string cert;
  std::string key;
};

Context server_of(const Identity& identity) {
  Context server(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  const Certificate cert = read_certificate(open_text(identity.cert));
  const Key key = read_key(open_text(identity.key));
  REQUIRE(SSL_CTX_use_certificate(server.get(), cert.get()) == 1);
  REQUIRE(SSL_CTX_use_PrivateKey(server.get(), key.get()) == 1);
  return server;
}

/// Trusts that certificate itself, as libcurl sets it up.
Context client_of(const Identity& identity, int mode) {
  Context client(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  const Certificate cert = read_certificate(open_text(identity.cert));
  X509_STORE_add_cert(SSL_CTX_get_cert_store(client.get()), cert.get());
  SSL_CTX_set_verify(client.get(), mode, nullptr);
  REQUIRE(prepare_tls_context(nullptr, client.get(), nullptr) == CURLE_OK);
  return client;
}

/// Whether a client of that mode takes the server's certificate; else why not.
std::string verify(const Identity& identity, int mode) {
  const Context server = server_of(identity);
  const Context client = client_of(identity, mode);
  const Session accepting(SSL_new(server.get()), SSL_free);
  const Session connecting(SSL_new(client.get()), SSL_free);
  BIO* to_server = nullptr;
  BIO* to_client = nullptr;
  REQUIRE(BIO_new_bio_pair(&to_server, 0, &to_client, 0) == 1);
  SSL_set_bio(connecting.get(), to_server, to_server);
  SSL_set_bio(accepting.get(), to_client, to_client);
  SSL_set_connect_state(connecting.get());
  SSL_set_accept_state(accepting.get());
  for (int i = 0; i < 10 && SSL_is_init_finished(connecting.get()) == 0; ++i) {
    SSL_do_handshake(connecting.get());
    SSL_do_handshake(accepting.get());
  }
  ERR_clear_error();
  return SSL_is_init_finished(connecting.get()) == 1
             ? "taken"
             : X509_verify_cert_error_string(
                   SSL_get_verify_result(connecting.get()));
}

TEST_SUITE_BEGIN("http::legacy_name");

TEST_CASE("a certificate without Subject Alternative Names is refused") {
  const Identity legacy{test::k_certificate, test::k_its_key};
  const Identity modern{test::k_certificate_with_san, test::k_key_of_it};

  CHECK(verify(modern, SSL_VERIFY_PEER) == "taken");
  const std::string why = verify(legacy, SSL_VERIFY_PEER);
  CHECK(why != "taken");
  CHECK(is_about_legacy_name("SSL certificate problem: " + why));
}

TEST_CASE("who verifies nothing takes every certificate") {
  const Identity legacy{test::k_certificate, test::k_its_key};

  CHECK(verify(legacy, SSL_VERIFY_NONE) == "taken");
}

TEST_CASE("other reasons are not taken for it") {
  CHECK_FALSE(is_about_legacy_name("self-signed certificate"));
  CHECK_FALSE(
      is_about_legacy_name("SSL: no alternative certificate subject name "
                           "matches target hostname 'a'"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
