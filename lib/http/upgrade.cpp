// SPDX-License-Identifier: MIT
#include "http/upgrade.hpp"

#include "base/base64.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <charconv>
#include <span>

namespace kprofefe::http {
namespace {

constexpr std::size_t k_max_head = std::size_t{64} << 10;
/// RFC 6455, 1.3.
constexpr std::string_view k_guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr std::string_view k_end_of_line = "\r\n";

std::string base64(std::span<const unsigned char> bytes) {
  return encode_base64(
      {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string random_key() {
  std::array<unsigned char, 16> bytes{};
  RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  return base64(bytes);
}

std::string accept_of(const std::string& key) {
  const std::string text = key + std::string(k_guid);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(),
             nullptr);
  return base64(std::span(digest).first(size));
}

std::optional<std::size_t> content_length(const ResponseHead& head) {
  const auto text = find_header(head.headers, "Content-Length");
  std::size_t length = 0;
  if (!text ||
      std::from_chars(text->data(), text->data() + text->size(), length).ec !=
          std::errc{}) {
    return std::nullopt;
  }
  return length;
}

bool is_chunked(const ResponseHead& head) {
  const auto coding = find_header(head.headers, "Transfer-Encoding");
  return coding && equals_ignoring_case(*coding, "chunked");
}

/// Cuts `text` up to the next line end off; nothing when there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find(k_end_of_line);
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + k_end_of_line.size());
  return line;
}

struct Chunks {
  std::string body;
  bool complete = false;
};

Chunks read_chunks(std::string_view bytes) {
  constexpr int k_hexadecimal = 16;
  Chunks chunks;
  while (const auto line = take_line(bytes)) {
    std::size_t size = 0;
    if (std::from_chars(line->data(), line->data() + line->size(), size,
                        k_hexadecimal)
            .ec != std::errc{}) {
      break;
    }
    chunks.complete = size == 0;
    if (size == 0 || size > bytes.size()) {
      chunks.body += bytes.substr(0, size);
      break;
    }
    chunks.body += bytes.substr(0, size);
    bytes.remove_prefix(size);
    take_line(bytes);
  }
  return chunks;
}

/// `HTTP/1.1 101 Switching Protocols` → 101; nothing for anything else.
std::optional<int> status_of(std::string_view line) {
  constexpr std::string_view k_version = "HTTP/1.";
  constexpr std::size_t k_status = k_version.size() + 2;
  int status = 0;
  if (!line.starts_with(k_version) || line.size() < k_status + 3 ||
      std::from_chars(line.data() + k_status, line.data() + k_status + 3,
                      status)
              .ptr != line.data() + k_status + 3) {
    return std::nullopt;
  }
  return status;
}

bool is_interim(const ResponseHead& head) {
  return head.status >= 100 && head.status < 200 &&
         head.status != k_switching_protocols;
}

/// The first head in `bytes`, interim or final.
Result<std::optional<ResponseHead>> read_next_head(std::string_view bytes) {
  constexpr std::string_view k_end = "\r\n\r\n";
  const auto end = bytes.find(k_end);
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view text = bytes.substr(0, end + k_end_of_line.size());
  ResponseHead head{.size = end + k_end.size()};
  const auto first = take_line(text);
  const std::optional<int> status = first ? status_of(*first) : std::nullopt;
  if (!status) {
    return fail(
        ErrorKind::malformed,
        fmt::format("\"{}\" begins no HTTP/1.x answer", one_line(bytes)));
  }
  head.status = *status;
  while (const auto line = take_line(text)) {
    const auto colon = line->find(':');
    if (colon != std::string_view::npos) {
      head.headers.emplace_back(trim(line->substr(0, colon)),
                                trim(line->substr(colon + 1)));
    }
  }
  return head;
}

std::unexpected<Error> not_agreed(std::string_view what) {
  return fail(ErrorKind::malformed,
              fmt::format("the server agrees to a WebSocket, but {}", what));
}

}  // namespace

Result<UpgradeRequest> make_upgrade(const Request& request,
                                    std::string_view subprotocol,
                                    std::string_view user_agent) {
  TRY_ASSIGN(const Url url, parse_url(request.url));
  const std::string key = random_key();
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
  return UpgradeRequest{.text = text + "\r\n", .accept = accept_of(key)};
}

Result<std::optional<ResponseHead>> read_response_head(std::string_view bytes) {
  std::size_t begin = 0;
  for (;;) {
    TRY_ASSIGN(std::optional<ResponseHead> head,
               read_next_head(bytes.substr(begin)));
    if (!head && bytes.size() > k_max_head) {
      return fail(ErrorKind::malformed, "the answer's head has no end");
    }
    if (!head) {
      return std::nullopt;
    }
    begin += head->size;
    if (!is_interim(*head)) {
      head->size = begin;
      return head;
    }
  }
}

std::string decode_body(const ResponseHead& head, std::string_view bytes) {
  return is_chunked(head)
             ? read_chunks(bytes).body
             : std::string(bytes.substr(
                   0, content_length(head).value_or(std::string_view::npos)));
}

bool is_whole_body(const ResponseHead& head, std::string_view bytes) {
  if (is_chunked(head)) {
    return read_chunks(bytes).complete;
  }
  const auto length = content_length(head);
  return length && bytes.size() >= *length;
}

Result<void> check_upgrade(const ResponseHead& head,
                           const UpgradeRequest& asked,
                           std::string_view subprotocol) {
  const auto accept = find_header(head.headers, "Sec-WebSocket-Accept");
  if (!accept || *accept != asked.accept) {
    return not_agreed("its Sec-WebSocket-Accept is of another request");
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
