// SPDX-License-Identifier: MIT
#include "kube/auth/token_file.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <utility>

namespace kprofefe::kube {
namespace {

constexpr std::chrono::seconds k_lifetime{50};
constexpr std::size_t k_max_token_bytes = std::size_t{1} << 20;

}  // namespace

TokenFile::TokenFile(std::string path, Clock clock)
    : path_(std::move(path)), clock_(std::move(clock)) {}

Result<std::shared_ptr<TokenFile>> TokenFile::open(std::string path,
                                                   std::string_view fallback,
                                                   Clock clock) {
  std::shared_ptr<TokenFile> file(
      new TokenFile(std::move(path), std::move(clock)));
  if (!fallback.empty()) {
    TRY_ASSIGN(file->authorization_, bearer(fallback));
  }
  const Result<void> read = file->read();
  if (!read && file->authorization_.empty()) {
    return std::unexpected(read.error());
  }
  return file;
}

Result<void> TokenFile::read() {
  const Result<std::string> content = read_file(path_, k_max_token_bytes);
  if (!content) {
    return fail(ErrorKind::config, content.error().message);
  }
  const std::string_view token = trim(*content);
  if (token.empty()) {
    return fail(ErrorKind::config, fmt::format("{} is empty", path_));
  }
  Result<std::string> header = bearer(token);
  if (!header) {
    return fail(ErrorKind::config,
                fmt::format("{} contains more than one token", path_));
  }
  authorization_ = *std::move(header);
  read_at_ = clock_();
  return {};
}

async::Task<Result<Credential>> TokenFile::current(Access /*access*/) {
  if (!read_at_ || clock_() - *read_at_ >= k_lifetime) {
    [[maybe_unused]] const Result<void> kept = read();
  }
  co_return Credential{.authorization = authorization_, .tls = nullptr};
}

async::Task<Result<bool>> TokenFile::renew(Access /*access*/,
                                           Credential rejected) {
  [[maybe_unused]] const Result<void> kept = read();
  co_return authorization_ != rejected.authorization;
}

}  // namespace kprofefe::kube
