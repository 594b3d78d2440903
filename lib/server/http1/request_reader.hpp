// SPDX-License-Identifier: MIT
#pragma once

#include "server/message.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::server {

struct RequestLimits {
  std::size_t max_header_bytes;
  std::size_t max_body_bytes;
};

/// Why a request is not read any further; its connection must be closed, as
/// nobody knows where the next one would begin.
struct Refusal {
  int status;
  std::string_view why;  ///< for people; of static lifetime
};

/// One request, made of bytes as they come. What no HTTP/1.1 server reads
/// differently is a request; the rest is refused, so that nothing can be
/// smuggled past a proxy in front of us (RFC 9112, 11.2).
class RequestReader {
 public:
  explicit RequestReader(const RequestLimits& limits);
  RequestReader(RequestReader&&) noexcept;
  RequestReader& operator=(RequestReader&&) = delete;
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;
  ~RequestReader();

  /// Takes bytes until the header or the request is complete or more are
  /// needed: how many. The rest has to be given again, with what follows it.
  std::size_t read(std::string_view bytes);

  /// No more will come.
  void refuse(const Refusal& refusal);

  [[nodiscard]] const std::optional<Refusal>& refusal() const;
  [[nodiscard]] bool has_header() const;
  [[nodiscard]] bool is_complete() const;

  /// Of a complete header: the client waits for `100 Continue` before it sends
  /// the body.
  [[nodiscard]] bool expects_continue() const;
  [[nodiscard]] bool is_http_1_0() const;
  /// Whether the client wants to send another request.
  [[nodiscard]] bool keeps_alive() const;

  /// The complete request, once.
  Request take();

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace kprofefe::server
