// SPDX-License-Identifier: MIT
#include "http/response_reader.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "http/wrong_protocol.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::http {
namespace {

/// In memory. Who has more to say about himself says it to exhaust it; servers
/// take 8 to 32 KiB themselves.
constexpr std::size_t k_max_header_bytes = std::size_t{32} << 10;

/// Of an answer that is no success only the words for a person matter.
constexpr std::size_t k_max_error_body = std::size_t{64} << 10;

/// Enough to tell a profile from a page of HTML.
constexpr std::size_t k_inspected_bytes = std::size_t{2} << 10;

}  // namespace

/// `HTTP/1.1 200 OK`. What came before was an interim response.
void ResponseReader::begin(std::string_view status_line) {
  const std::string_view after = trim(
      status_line.substr(std::min(status_line.find(' '), status_line.size())));
  response_.status =
      parse_number<int>(after.substr(0, after.find(' '))).value_or(0);
  response_.headers.clear();
  header_bytes_ = 0;
  length_.reset();
  length_is_unclear_ = is_chunked_ = false;
}

/// Two that differ, or one that is no number, prove nothing (RFC 9112, 6.3).
void ResponseReader::note_length(std::string_view value) {
  const auto length = parse_number<std::uint64_t>(value);
  length_is_unclear_ |= !length || (length_ && length_ != length);
  length_ = length;
}

bool ResponseReader::read_header(std::string_view line) {
  if (line.starts_with("HTTP/")) {
    begin(line);
    return true;
  }
  header_bytes_ += line.size() + sizeof(Headers::value_type);
  if (header_bytes_ > k_max_header_bytes) {
    refuse({ErrorKind::malformed,
            fmt::format("the response header is larger than {} KiB",
                        k_max_header_bytes >> 10)});
    return false;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) {
    return true;
  }
  const std::string_view name = trim(line.substr(0, colon));
  const std::string_view value = trim(line.substr(colon + 1));
  if (equals_ignoring_case(name, "Content-Length")) {
    note_length(value);
  }
  is_chunked_ |= equals_ignoring_case(name, "Transfer-Encoding");
  response_.headers.emplace_back(name, value);
  return true;
}

ResponseReader::Taken ResponseReader::refuse(Error why) {
  refusal_ = std::move(why);
  return Taken::enough;
}

ResponseReader::Taken ResponseReader::read_body(std::string_view bytes) {
  if (response_.status == 0) {
    return refuse(describe_no_http(bytes));
  }
  if (body_bytes() == 0 && decoder_ == nullptr) {
    const auto coding = find_header(response_.headers, "Content-Encoding");
    Result<std::unique_ptr<ContentDecoder>> decoder =
        ContentDecoder::make(coding.value_or(""));
    if (!decoder) {
      // Of an answer that is no success the status says enough.
      return response_.ok() ? refuse(std::move(decoder).error())
                            : Taken::enough;
    }
    decoder_ = *std::move(decoder);
  }
  return decoder_ == nullptr ? store(bytes) : read_coded(bytes);
}

ResponseReader::Taken ResponseReader::read_coded(std::string_view bytes) {
  if (!has_decoder_room_ && !take_room(ContentDecoder::k_bytes)) {
    return Taken::not_now;
  }
  has_decoder_room_ = true;
  std::string_view rest = bytes.substr(std::min(decoded_, bytes.size()));
  for (;;) {
    if (pending_.empty()) {
      Result<std::string_view> piece = decoder_->next(rest);
      if (!piece) {
        return refuse(std::move(piece).error());
      }
      pending_ = *piece;
    }
    if (pending_.empty()) {
      decoded_ = 0;
      return Taken::all;
    }
    const Taken taken = store(pending_);
    if (taken != Taken::all) {
      decoded_ = bytes.size() - rest.size();
      return taken;
    }
    pending_ = {};
  }
}

/// What a body may come to: also when all others have ended the budget has
/// room for no more.
std::size_t ResponseReader::max_bytes() const {
  if (limits_.budget == nullptr) {
    return limits_.max_body_bytes;
  }
  const std::size_t room = limits_.budget->shares().largest_lease();
  const std::size_t decoder = has_decoder_room_ ? ContentDecoder::k_bytes : 0;
  return std::min(limits_.max_body_bytes, room - std::min(room, decoder));
}

bool ResponseReader::take_room(std::size_t bytes) {
  if (limits_.budget != nullptr && !std::exchange(has_lease_, true)) {
    response_.body.lease = limits_.budget->open(limits_.on_room);
  }
  return response_.body.lease.grow(bytes);
}

ResponseReader::Taken ResponseReader::store(std::string_view piece) {
  const std::size_t max =
      response_.ok() ? max_bytes() : std::min(max_bytes(), k_max_error_body);
  const bool is_too_much = body_bytes() + piece.size() > max;
  if (is_too_much && response_.ok()) {
    return refuse({ErrorKind::malformed,
                   fmt::format("the body is larger than {} bytes", max),
                   ErrorDetail::body_too_large});
  }
  piece = piece.substr(0, max - std::min(max, body_bytes()));
  if (!take_room(piece.size())) {
    return Taken::not_now;
  }
  if (!response_.body.bytes.append(piece)) {
    return refuse({ErrorKind::io, "not enough memory for the response"});
  }
  if (is_too_much) {
    return Taken::enough;
  }
  if (limits_.inspect && response_.ok() && body_bytes() >= k_inspected_bytes &&
      !std::exchange(is_inspected_, true)) {
    if (Result<void> sound = limits_.inspect(response_.body.bytes); !sound) {
      return refuse(std::move(sound).error());
    }
  }
  return Taken::all;
}

Result<Response> ResponseReader::finish(bool is_framed) {
  if (refusal_) {
    return std::unexpected(*std::move(refusal_));
  }
  if (decoder_ != nullptr && response_.ok()) {
    TRY(decoder_->finish());
  }
  const bool has_length = length_ && !length_is_unclear_;
  response_.proven_complete = is_framed || is_chunked_ || has_length;
  response_.body.lease.close_to_growth();
  return std::move(response_);
}

}  // namespace kprofefe::http
