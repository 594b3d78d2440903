// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "http/content_decoder.hpp"
#include "http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace kprofefe::http {

/// Makes a Response of what a server sends, within limits: takes off its
/// content coding, counts its bytes against the budget, and finds out whether
/// it is complete. Knows nothing of connections.
class ResponseReader {
 public:
  struct Limits {
    std::size_t max_body_bytes = 0;  ///< Request::max_body_bytes
    std::function<Result<void>(std::string_view)> inspect;
    async::ByteBudget* budget = nullptr;
    std::function<void()> on_room;  ///< ByteBudget::open()
  };

  enum class Taken {
    all,
    /// None for now: the budget has no room. The same bytes, and what follows
    /// them, must come again after on_room().
    not_now,
    /// The response is over: the rest is not wanted. See finish().
    enough
  };

  explicit ResponseReader(Limits limits) : limits_(std::move(limits)) {}

  /// A status line, a header line or the empty line behind them; also those of
  /// interim responses. False: too many of them, the response is over.
  bool read_header(std::string_view line);

  /// More bytes of the body.
  Taken read_body(std::string_view bytes);

  /// The response; `is_framed` when the connection's protocol proves where it
  /// ends. Errors: malformed (too large, foreign, a damaged coding), io (not
  /// enough memory), network (the peer does not speak HTTP).
  Result<Response> finish(bool is_framed);

  [[nodiscard]] std::size_t body_bytes() const {
    return response_.body.bytes.size();
  }

  /// It has some of the budget that others may be waiting for.
  [[nodiscard]] bool is_beyond_own_share() const {
    return response_.body.lease.is_beyond_own();
  }

 private:
  void begin(std::string_view status_line);
  void note_length(std::string_view value);
  Taken refuse(Error why);
  Taken read_coded(std::string_view bytes);
  Taken store(std::string_view piece);
  bool take_room(std::size_t bytes);
  [[nodiscard]] std::size_t max_bytes() const;

  Limits limits_;
  Response response_;
  std::optional<Error> refusal_;
  std::size_t header_bytes_ = 0;
  std::optional<std::uint64_t> length_;
  bool length_is_unclear_ = false;
  bool is_chunked_ = false;
  bool has_lease_ = false;  // opened once: its age is the transfer's place
  bool is_inspected_ = false;

  std::unique_ptr<ContentDecoder> decoder_;
  bool has_decoder_room_ = false;
  std::size_t decoded_ = 0;   // of bytes that will come again
  std::string_view pending_;  // decoded, and not yet stored
};

}  // namespace kprofefe::http
