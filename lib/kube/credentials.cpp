// SPDX-License-Identifier: MIT
#include "kube/credentials.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::kube {
namespace {

constexpr std::chrono::seconds k_lifetime{50};
constexpr std::size_t k_max_token_bytes = std::size_t{1} << 20;

/// Not a byte in it that could end the header or start another.
bool fits_in_header(std::string_view token) {
  return std::ranges::all_of(token,
                             [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

Result<Credentials> Credentials::from_token(std::string_view token) {
  Credentials credentials;
  credentials.token_ = trim(token);
  if (!fits_in_header(credentials.token_)) {
    return fail(ErrorKind::config,
                "the token holds spaces, line ends or control bytes");
  }
  return credentials;
}

Result<Credentials> Credentials::from_file(std::string path,
                                           std::string_view fallback,
                                           Clock clock) {
  TRY_ASSIGN(Credentials credentials, from_token(fallback));
  credentials.path_ = std::move(path);
  credentials.clock_ = std::move(clock);
  const Result<void> read = credentials.read();
  if (!read && credentials.token_.empty()) {
    return std::unexpected(read.error());
  }
  return credentials;
}

Result<void> Credentials::read() {
  Result<std::string> content = read_file(path_, k_max_token_bytes);
  if (!content) {
    return fail(ErrorKind::config, content.error().message);
  }
  const std::string_view token = trim(*content);
  if (token.empty()) {
    return fail(ErrorKind::config, fmt::format("{} is empty", path_));
  }
  if (!fits_in_header(token)) {
    return fail(ErrorKind::config,
                fmt::format("{} holds more than one token", path_));
  }
  token_ = token;
  read_at_ = clock_();
  return {};
}

std::string Credentials::authorization() {
  if (!path_.empty() && (!read_at_ || clock_() - *read_at_ >= k_lifetime)) {
    [[maybe_unused]] const Result<void> kept = read();
  }
  return token_.empty() ? "" : "Bearer " + token_;
}

bool Credentials::renew(std::string_view rejected) {
  if (path_.empty()) {
    return false;
  }
  [[maybe_unused]] const Result<void> kept = read();
  return authorization() != rejected;
}

}  // namespace kprofefe::kube
