// SPDX-License-Identifier: MIT
#include "support/raw_client.hpp"

#include "base/number.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <stdexcept>

namespace kprofefe::test {

std::string RawResponse::header(std::string_view name) const {
  const std::string line = "\r\n" + std::string(name) + ": ";
  const std::size_t begin = head.find(line);
  if (begin == std::string::npos) {
    return "";
  }
  const std::size_t value = begin + line.size();
  return head.substr(value, head.find("\r\n", value) - value);
}

RawClient::RawClient(std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval limit = {.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address),
                sizeof(address)) != 0) {
    throw std::runtime_error("cannot connect to the server under test");
  }
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent =
        ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::close_sending() {
  ::shutdown(socket_.get(), SHUT_WR);
}

bool RawClient::receive() {
  std::array<char, 65536> bytes{};
  const ssize_t size = ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
  if (size > 0) {
    buffer_.append(bytes.data(), static_cast<std::size_t>(size));
  }
  return size > 0;
}

RawResponse RawClient::read(bool has_body) {
  while (!buffer_.contains("\r\n\r\n")) {
    if (!receive()) {
      return {.head = buffer_};
    }
  }
  RawResponse response;
  response.head = buffer_.substr(0, buffer_.find("\r\n\r\n") + 4);
  buffer_.erase(0, response.head.size());
  response.status = parse_number<int>(response.head.substr(9, 3)).value_or(0);
  const std::size_t size =
      has_body ? parse_number<std::size_t>(response.header("Content-Length"))
                     .value_or(0)
               : 0;
  while (buffer_.size() < size && receive()) {
  }
  response.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return response;
}

std::string RawClient::read_to_end() {
  while (receive()) {
  }
  return std::move(buffer_);
}

RawResponse RawClient::ask(std::string_view request) {
  send(request);
  return read();
}

}  // namespace kprofefe::test
