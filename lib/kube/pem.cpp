// SPDX-License-Identifier: MIT
#include "kube/pem.hpp"

#include "base/base64.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>

namespace kprofefe::kube {
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

/// DER starts with the tag of a SEQUENCE.
bool holds_der(std::string_view body) {
  std::string digits;
  for (const char c : body) {
    if (c != ' ' && c != '\t') {
      digits.push_back(c);
    }
  }
  const std::optional<std::string> der = decode_base64(digits);
  return der && der->starts_with('\x30');
}

bool is_encrypted(const Block& block) {
  return block.label == "ENCRYPTED PRIVATE KEY" ||
         block.body.find("ENCRYPTED") != std::string_view::npos;
}

}  // namespace

Result<void> check_certificates(std::string_view pem, std::string_view what) {
  while (const std::optional<Block> block = take_block(pem)) {
    if (block->label == "CERTIFICATE" && holds_der(block->body)) {
      return {};
    }
  }
  return fail(ErrorKind::config,
              fmt::format("{} holds no certificate (PEM, -----BEGIN "
                          "CERTIFICATE-----)",
                          what));
}

Result<void> check_private_key(std::string_view pem, std::string_view what) {
  while (const std::optional<Block> block = take_block(pem)) {
    if (!block->label.ends_with("PRIVATE KEY")) {
      continue;
    }
    if (is_encrypted(*block)) {
      return fail(ErrorKind::config,
                  fmt::format("{} is encrypted, which is not supported; "
                              "decrypt it with openssl pkey",
                              what));
    }
    if (holds_der(block->body)) {
      return {};
    }
  }
  return fail(
      ErrorKind::config,
      fmt::format("{} holds no private key (PEM, -----BEGIN PRIVATE KEY-----)",
                  what));
}

}  // namespace kprofefe::kube
