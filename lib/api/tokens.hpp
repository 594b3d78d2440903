// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "server/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kprofefe::api {

/// A file of bearer tokens, one a line: with a second one they can be changed
/// without a moment in which none is right. Blank lines and those that begin
/// with `#` are none.
class TokenFile {
 public:
  /// Errors: as read_file(); config, when no token is in it.
  static Result<TokenFile> open(std::string path);

  /// Whether a request has one of the tokens. A file that has changed since is
  /// read anew; one that cannot be read keeps what it had.
  bool lets_in(const server::Request& request);

 private:
  explicit TokenFile(std::string path) : path_(std::move(path)) {}

  Result<void> read();

  std::string path_;
  std::string state_;  ///< of the file, when it was read
  std::vector<std::string> tokens_;
};

enum class Access : std::uint8_t { read, write };

/// Who may ask; without a file everybody.
class Guard {
 public:
  struct Files {
    std::string read;  ///< empty: everybody may read
    std::string write;
  };

  /// Errors: as TokenFile.
  static Result<Guard> open(const Files& files);

  /// The answer to who is not let in; nothing: the request may pass.
  std::optional<server::Response> check(const server::Request& request,
                                        Access access);

 private:
  std::optional<TokenFile> read_;
  std::optional<TokenFile> write_;
};

}  // namespace kprofefe::api
