// SPDX-License-Identifier: MIT
#include "http/upgrade.hpp"

#include "base/base64.hpp"
#include "base/text.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <span>
#include <utility>

namespace kprofefe::http {
namespace {

namespace beast = boost::beast;

constexpr std::size_t k_max_head = std::size_t{64} << 10;
/// RFC 6455, 1.3.
constexpr std::string_view k_guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

std::string base64(std::span<const unsigned char> bytes) {
  return encode_base64(
      {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Result<std::string> random_key() {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return fail(ErrorKind::io, "the system cannot generate random numbers");
  }
  return base64(bytes);
}

/// RFC 6455, 4.2.2.
Result<std::string> accept_of(const std::string& key) {
  const std::string text = key + std::string(k_guid);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(),
                 nullptr) != 1) {
    return fail(ErrorKind::io, "OpenSSL does not provide SHA-1");
  }
  return base64(std::span(digest).first(size));
}

std::unexpected<Error> not_agreed(std::string_view what) {
  return fail(ErrorKind::malformed,
              fmt::format("the server accepted the WebSocket, but {}", what));
}

}  // namespace

Result<UpgradeRequest> make_upgrade(const Request& request,
                                    std::string_view subprotocol,
                                    std::string_view user_agent) {
  TRY_ASSIGN(const Url url, parse_url(request.url));
  TRY_ASSIGN(const std::string key, random_key());
  TRY_ASSIGN(std::string accept, accept_of(key));
  std::string text = fmt::format(
      "GET {}{}{} HTTP/1.1\r\n"
      "Host: {}\r\n"
      "User-Agent: {}\r\n"
      "Connection: Upgrade\r\n"
      "Upgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: {}\r\n"
      "Sec-WebSocket-Protocol: {}\r\n",
      url.path, url.query.empty() ? "" : "?", url.query, host_header(url),
      user_agent, key, subprotocol);
  for (const auto& [name, value] : request.headers) {
    text += fmt::format("{}: {}\r\n", name, value);
  }
  return UpgradeRequest{.text = text + "\r\n", .accept = std::move(accept)};
}

/// Beast's parser, whose own limit is that of one head.
struct AnswerReader::Parser
    : beast::http::response_parser<beast::http::string_body> {
  Parser() {
    header_limit(k_max_head);
    body_limit(boost::none);
  }
};

AnswerReader::AnswerReader() : parser_(std::make_unique<Parser>()) {}

AnswerReader::~AnswerReader() = default;

Result<void> AnswerReader::add(std::string_view bytes) {
  unread_ += bytes;
  for (bool goes_on = true; goes_on && !parser_->is_done();) {
    TRY_ASSIGN(goes_on, step());
  }
  return {};
}

/// Parses as much as there is; false when more must come.
Result<bool> AnswerReader::step() {
  boost::system::error_code error;
  const std::size_t parsed = parser_->put(boost::asio::buffer(unread_), error);
  if (error == beast::http::error::need_more) {
    unread_.erase(0, parsed);
    return parsed > 0;
  }
  if (error) {
    return fail(ErrorKind::malformed,
                fmt::format("invalid HTTP/1.x response \"{}\": {}",
                            one_line(unread_), error.message()));
  }
  unread_.erase(0, parsed);
  const unsigned status = parser_->get().result_int();
  if (status < 200 && static_cast<int>(status) != k_switching_protocols) {
    interim_bytes_ += parsed;
    if (interim_bytes_ > k_max_head) {
      return fail(ErrorKind::malformed,
                  "the server sent interim responses but no final one");
    }
    parser_ = std::make_unique<Parser>();
    return true;
  }
  if (!head_ && parser_->is_header_done()) {
    take_head();
  }
  return parsed > 0;
}

void AnswerReader::take_head() {
  const auto& message = parser_->get();
  head_ = ResponseHead{.status = static_cast<int>(message.result_int())};
  for (const auto& field : message) {
    head_->headers.emplace_back(field.name_string(), field.value());
  }
}

std::string_view AnswerReader::body() const {
  return parser_->get().body();
}

bool AnswerReader::is_whole() const {
  return parser_->is_done();
}

Result<void> check_upgrade(const ResponseHead& head,
                           const UpgradeRequest& asked,
                           std::string_view subprotocol) {
  const auto accept = find_header(head.headers, "Sec-WebSocket-Accept");
  if (!accept || *accept != asked.accept) {
    return not_agreed("its Sec-WebSocket-Accept does not match the request");
  }
  const auto protocol = find_header(head.headers, "Sec-WebSocket-Protocol");
  if (!protocol || *protocol != subprotocol) {
    return not_agreed(fmt::format(
        "its protocol is \"{}\" instead of \"{}\"",
        protocol ? one_line(*protocol) : std::string(), subprotocol));
  }
  return {};
}

}  // namespace kprofefe::http
