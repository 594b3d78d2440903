// SPDX-License-Identifier: MIT
#pragma once

#include "base/fd.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::test {

/// A response as it came.
struct RawResponse {
  int status = 0;    ///< 0: none came
  std::string head;  ///< status line and headers, with the empty line
  std::string body;

  /// The header's value; empty when it is absent.
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// A connection that sends what no HTTP client would. All of its calls block,
/// for ten seconds at most.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);

  /// False: the peer has gone.
  bool send(std::string_view bytes);
  /// Sends no more; what comes can still be read.
  void close_sending();
  /// The next response, with a body as long as Content-Length says.
  RawResponse read(bool has_body = true);
  /// All bytes until the peer closes; nothing else ends it in time.
  std::string read_to_end();

  /// send() and read()
  RawResponse ask(std::string_view request);

 private:
  /// False: nothing more comes.
  bool receive();

  Fd socket_;
  std::string buffer_;
};

}  // namespace kprofefe::test
