// SPDX-License-Identifier: MIT
#include "http/pem.hpp"

#include "base/base64.hpp"
#include "base/text.hpp"
#include "http/key_pair.hpp"
#include "http/openssl.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

namespace kprofefe::http {
namespace {

/// `-----BEGIN label-----`, headers and base64, `-----END label-----`.
struct Block {
  std::string_view label;
  std::string_view body;
};

/// Takes the first complete block off the front of `text`.
std::optional<Block> take_block(std::string_view& text) {
  constexpr std::string_view k_begin = "-----BEGIN ";
  constexpr std::string_view k_dashes = "-----";
  for (;;) {
    const auto begin = text.find(k_begin);
    if (begin == std::string_view::npos) {
      return std::nullopt;
    }
    text.remove_prefix(begin + k_begin.size());
    const auto label_end = text.find(k_dashes);
    if (label_end == std::string_view::npos) {
      return std::nullopt;
    }
    const std::string_view label = text.substr(0, label_end);
    const std::string end = fmt::format("-----END {}-----", label);
    const std::string_view rest = text.substr(label_end + k_dashes.size());
    if (const auto body = rest.find(end); body != std::string_view::npos) {
      text = rest.substr(body + end.size());
      return Block{label, rest.substr(0, body)};
    }
  }
}

/// The bytes of a block; nothing when they are no DER, which starts with the
/// tag of a SEQUENCE. Lines with a colon are headers (RFC 1421).
std::optional<std::string> der_of(const Block& block) {
  std::string digits;
  for (const std::string_view line : split(block.body, '\n')) {
    if (!line.contains(':')) {
      std::ranges::copy_if(line, std::back_inserter(digits),
                           [](char c) { return c != ' ' && c != '\t'; });
    }
  }
  std::optional<std::string> der = decode_base64(digits);
  return der && der->starts_with('\x30') ? der : std::nullopt;
}

/// As for Go: `EC PRIVATE KEY`, `ANY PRIVATE KEY` ...
bool is_private_key(const Block& block) {
  return block.label == "PRIVATE KEY" || block.label.ends_with(" PRIVATE KEY");
}

bool is_encrypted(const Block& block) {
  return block.label == "ENCRYPTED PRIVATE KEY" ||
         block.body.find("ENCRYPTED") != std::string_view::npos;
}

}  // namespace

Result<void> check_certificates(std::string_view pem, std::string_view what) {
  while (const std::optional<Block> block = take_block(pem)) {
    if (block->label == "CERTIFICATE" && der_of(*block)) {
      return {};
    }
  }
  return fail(ErrorKind::config,
              fmt::format("{} contains no certificate (PEM, -----BEGIN "
                          "CERTIFICATE-----)",
                          what));
}

std::string usable_certificates(const std::string& pem) {
  const Bio text = open_text(pem);
  const Bio usable(BIO_new(BIO_s_mem()), BIO_free);
  bool is_any_broken = false;
  // Each try takes at least a line, so that this ends.
  while (BIO_pending(text.get()) > 0) {
    if (const Certificate one = read_certificate(text)) {
      PEM_write_bio_X509(usable.get(), one.get());
    } else {
      is_any_broken |=
          ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE;
    }
  }
  ERR_clear_error();  // what is left there confuses the next TLS call
  const bool is_any_usable = BIO_pending(usable.get()) > 0;
  return is_any_broken && is_any_usable ? text_in(usable) : pem;
}

Result<void> check_private_key(std::string_view pem, std::string_view what) {
  while (const std::optional<Block> block = take_block(pem)) {
    if (!is_private_key(*block)) {
      continue;
    }
    if (is_encrypted(*block)) {
      return fail(ErrorKind::config,
                  fmt::format("{} is encrypted: not supported; "
                              "decrypt it with openssl pkey",
                              what));
    }
    if (der_of(*block)) {
      return {};
    }
  }
  return fail(
      ErrorKind::config,
      fmt::format(
          "{} contains no private key (PEM, -----BEGIN PRIVATE KEY-----)",
          what));
}

std::string normal_private_key(const std::string& pem) {
  std::string_view rest = pem;
  while (const std::optional<Block> block = take_block(rest)) {
    if (is_private_key(*block)) {
      const std::optional<std::string> der = der_of(*block);
      const std::string key = der ? key_to_pem(*der) : "";
      return key.empty() ? pem : key;
    }
  }
  return pem;
}

}  // namespace kprofefe::http
