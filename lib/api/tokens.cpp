// SPDX-License-Identifier: MIT
#include "api/tokens.hpp"

#include "api/answers.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "http/message.hpp"
#include "server/secret.hpp"

#include <fmt/format.h>

#include <sys/stat.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace kprofefe::api {
namespace {

/// Another text when the file has changed, or another one has its name.
std::string state_of(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) {
    return {};
  }
  return fmt::format("{} {} {} {}", status.st_ino, status.st_size,
                     status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

/// Of `Authorization: Bearer TOKEN` (RFC 6750, 2.1).
std::string_view token_of(const server::Request& request) {
  constexpr std::string_view k_scheme = "bearer ";
  const std::string_view value =
      http::find_header(request.headers, "authorization").value_or("");
  return equals_ignoring_case(value.substr(0, k_scheme.size()), k_scheme)
             ? trim(value.substr(k_scheme.size()))
             : "";
}

}  // namespace

Result<TokenFile> TokenFile::open(std::string path) {
  TokenFile file(std::move(path));
  TRY(file.read());
  return file;
}

Result<void> TokenFile::read() {
  constexpr std::size_t k_max_bytes = std::size_t{1} << 16;
  std::string state = state_of(path_);
  TRY_ASSIGN(const std::string text, read_file(path_, k_max_bytes));
  std::vector<std::string> tokens;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view token = trim(line);
    if (!token.empty() && !token.starts_with('#')) {
      tokens.emplace_back(token);
    }
  }
  if (tokens.empty()) {
    return fail(ErrorKind::config,
                fmt::format("{}: no token in it: write one a line", path_));
  }
  tokens_ = std::move(tokens);
  state_ = std::move(state);
  return {};
}

bool TokenFile::lets_in(const server::Request& request) {
  if (state_of(path_) != state_) {
    // Of one that is being written, or is gone, what it said last holds.
    const Result<void> ignored = read();
  }
  const std::string_view given = token_of(request);
  return std::ranges::any_of(tokens_, [given](const std::string& token) {
    return server::is_secret(given, token);
  });
}

Result<Guard> Guard::open(const Files& files) {
  Guard guard;
  if (!files.read.empty()) {
    TRY_ASSIGN(guard.read_, TokenFile::open(files.read));
  }
  if (!files.write.empty()) {
    TRY_ASSIGN(guard.write_, TokenFile::open(files.write));
  }
  return guard;
}

std::optional<server::Response> Guard::check(const server::Request& request,
                                             Access access) {
  std::optional<TokenFile>& file = access == Access::read ? read_ : write_;
  if (!file || file->lets_in(request)) {
    return std::nullopt;
  }
  server::Response refusal = error_answer(
      401, access == Access::read ? "a token for reading is needed"
                                  : "a token for writing is needed");
  refusal.headers.emplace_back("WWW-Authenticate", "Bearer");
  return refusal;
}

}  // namespace kprofefe::api
