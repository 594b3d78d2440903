// SPDX-License-Identifier: MIT
#include "server/http1/request_reader.hpp"

#include "base/text.hpp"
#include "server/http1/request_target.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace kprofefe::server {
namespace {

namespace beast = boost::beast;
using beast::http::error;

constexpr Refusal k_header_too_large = {431, "request header too large"};
constexpr Refusal k_body_too_large = {413, "request body too large"};

/// The last chunk without trailers. Beast asserts that it has this many bytes
/// when it goes on after the chunk's line came alone.
constexpr std::size_t k_last_chunk_bytes = 5;

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

Refusal refusal_of(const beast::error_code& code) {
  if (code == error::header_limit) {
    return k_header_too_large;
  }
  if (code == error::body_limit) {
    return k_body_too_large;
  }
  return {400, "malformed request: use HTTP/1.1"};
}

std::size_t count(const Headers& headers, std::string_view name) {
  return static_cast<std::size_t>(
      std::ranges::count_if(headers, [name](const auto& header) {
        return equals_ignoring_case(header.first, name);
      }));
}

std::string_view value_of(const Headers& headers, std::string_view name) {
  return http::find_header(headers, name).value_or("");
}

/// What Beast lets pass, and another server might read in another way.
std::optional<Refusal> check_header(const Headers& headers, bool is_1_0) {
  const std::size_t hosts = count(headers, "Host");
  if (hosts > 1 || (hosts == 0 && !is_1_0)) {
    return Refusal{400, "a request has one Host header"};
  }
  const std::size_t codings = count(headers, "Transfer-Encoding");
  const std::size_t lengths = count(headers, "Content-Length");
  if (codings + lengths > 1 || (codings > 0 && is_1_0) ||
      value_of(headers, "Content-Length").contains(',')) {
    return Refusal{400, "the length of the request body is ambiguous"};
  }
  if (codings > 0 && !equals_ignoring_case(
                         value_of(headers, "Transfer-Encoding"), "chunked")) {
    return Refusal{501, "unknown transfer coding: use chunked"};
  }
  const std::size_t expectations = count(headers, "Expect");
  if (expectations > 0 &&
      !equals_ignoring_case(value_of(headers, "Expect"), "100-continue")) {
    return Refusal{417, "unknown expectation"};
  }
  return std::nullopt;
}

}  // namespace

/// Beast's parser; it calls back while bytes are put into it.
class RequestReader::Parser : public beast::http::basic_parser<true> {
 public:
  explicit Parser(const RequestLimits& limits) : limits_(limits) {
    header_limit(static_cast<std::uint32_t>(limits.max_header_bytes));
    body_limit(limits.max_body_bytes);
  }

  /// One element of the request; false: more bytes are needed, or it is
  /// refused or complete.
  bool read_element(std::string_view& bytes) {
    if (refusal_ || is_done() || bytes.empty() ||
        (awaits_chunk_ && bytes.size() < k_last_chunk_bytes)) {
      return false;
    }
    const bool was_header = !is_header_done();
    beast::error_code code;
    const std::size_t taken =
        put(boost::asio::const_buffer(bytes.data(), bytes.size()), code);
    bytes.remove_prefix(taken);
    header_bytes_ += was_header ? taken : 0;
    const bool needs_more = code == error::need_more;
    awaits_chunk_ = needs_more && is_header_done() && bytes.contains('\n');
    if (code && !needs_more && !refusal_) {
      refusal_ = refusal_of(code);
    } else if (!refusal_ && (needs_more || was_header) &&
               is_too_large(needs_more ? bytes.size() : 0)) {
      refusal_ = k_header_too_large;
    }
    return !code && !refusal_;
  }

  std::optional<Refusal> refusal_;
  Request request_;
  bool is_1_0_ = false;

 private:
  /// Beast counts the header anew after each piece that ended with a line, and
  /// neither the extensions of chunks nor trailers.
  [[nodiscard]] bool is_too_large(std::size_t waiting) const {
    return header_bytes_ + (is_header_done() ? 0 : waiting) >
               limits_.max_header_bytes ||
           waiting >= limits_.max_header_bytes;
  }

  void on_request_impl(beast::http::verb /*verb*/, beast::string_view method,
                       beast::string_view target, int version,
                       beast::error_code& code) override {
    is_1_0_ = version == 10;
    request_.method = view(method);
    std::optional<RequestTarget> parsed = parse_request_target(view(target));
    if (!parsed) {
      refusal_ = {400, "malformed request path"};
      code = error::bad_target;
      return;
    }
    request_.path = std::move(parsed->path);
    request_.raw_query = std::move(parsed->raw_query);
    request_.query = std::move(parsed->query);
  }

  void on_response_impl(int /*status*/, beast::string_view /*reason*/,
                        int /*version*/, beast::error_code& /*code*/) override {
  }

  void on_field_impl(beast::http::field /*field*/, beast::string_view name,
                     beast::string_view value,
                     beast::error_code& /*code*/) override {
    // Trailers after a body are nobody's headers.
    if (!is_header_done()) {
      request_.headers.emplace_back(view(name), view(value));
    }
  }

  void on_header_impl(beast::error_code& code) override {
    refusal_ = check_header(request_.headers, is_1_0_);
    if (refusal_) {
      code = error::bad_value;
    }
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& /*length*/,
                         beast::error_code& /*code*/) override {}

  std::size_t on_body_impl(beast::string_view body,
                           beast::error_code& /*code*/) override {
    request_.body += view(body);
    return body.size();
  }

  void on_chunk_header_impl(std::uint64_t /*size*/,
                            beast::string_view /*extensions*/,
                            beast::error_code& /*code*/) override {}

  std::size_t on_chunk_body_impl(std::uint64_t /*rest*/,
                                 beast::string_view body,
                                 beast::error_code& /*code*/) override {
    request_.body += view(body);
    return body.size();
  }

  void on_finish_impl(beast::error_code& /*code*/) override {}

  RequestLimits limits_;
  std::size_t header_bytes_ = 0;
  bool awaits_chunk_ = false;  ///< its line was read, and what ends it was not
};

RequestReader::RequestReader(const RequestLimits& limits)
    : parser_(std::make_unique<Parser>(limits)) {}

RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader::~RequestReader() = default;

std::size_t RequestReader::read(std::string_view bytes) {
  const std::size_t size = bytes.size();
  const bool had_header = has_header();
  while (parser_->read_element(bytes) && has_header() == had_header) {
  }
  return size - bytes.size();
}

void RequestReader::refuse(const Refusal& refusal) {
  parser_->refusal_ = refusal;
}

const std::optional<Refusal>& RequestReader::refusal() const {
  return parser_->refusal_;
}

bool RequestReader::has_header() const {
  return parser_->is_header_done();
}

bool RequestReader::is_complete() const {
  return parser_->is_done() && !refusal();
}

bool RequestReader::expects_continue() const {
  return !parser_->is_1_0_ && !parser_->is_done() &&
         http::find_header(parser_->request_.headers, "Expect").has_value();
}

bool RequestReader::is_http_1_0() const {
  return parser_->is_1_0_;
}

bool RequestReader::keeps_alive() const {
  return parser_->keep_alive();
}

Request RequestReader::take() {
  return std::move(parser_->request_);
}

}  // namespace kprofefe::server
