// SPDX-License-Identifier: MIT
#include "support/http_server.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <stdexcept>

namespace kprofefe::test {
namespace {

sockaddr_in socket_address(const std::string& address, std::uint16_t port) {
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(port);
  inet_pton(AF_INET, address.c_str(), &name.sin_addr);
  return name;
}

std::uint16_t bound_port(int fd) {
  sockaddr_in name{};
  socklen_t size = sizeof name;
  getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size);
  return ntohs(name.sin_port);
}

Fd bind_to(const std::string& address, std::uint16_t port) {
  Fd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const sockaddr_in name = socket_address(address, port);
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) !=
      0) {
    throw std::runtime_error("cannot bind " + address);
  }
  return fd;
}

/// Reads until `text` holds a whole header block and body; nothing when the
/// peer closed before. What came beyond stays in `text`.
class RequestReader {
 public:
  explicit RequestReader(int fd) : fd_(fd) {}

  std::optional<Received> next() {
    std::size_t head_end = 0;
    while ((head_end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!fill()) {
        return std::nullopt;
      }
    }
    Received request = parse_head(buffer_.substr(0, head_end));
    buffer_.erase(0, head_end + 4);
    const std::string length = request.header("Content-Length");
    std::size_t size = 0;
    std::from_chars(length.data(), length.data() + length.size(), size);
    while (buffer_.size() < size) {
      if (!fill()) {
        return std::nullopt;
      }
    }
    request.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return request;
  }

 private:
  static Received parse_head(const std::string& head) {
    Received request;
    bool first = true;
    for (std::string_view line : split(head, '\n')) {
      line = trim(line);
      if (std::exchange(first, false)) {
        const auto words = split(line, ' ');
        request.method = words.at(0);
        request.target = words.at(1);
      } else if (const auto colon = line.find(':');
                 colon != std::string_view::npos) {
        request.headers.emplace_back(line.substr(0, colon),
                                     trim(line.substr(colon + 1)));
      }
    }
    return request;
  }

  bool fill() {
    std::array<char, 65536> chunk;
    const ssize_t count = ::recv(fd_, chunk.data(), chunk.size(), 0);
    if (count <= 0) {
      return false;
    }
    buffer_.append(chunk.data(), static_cast<std::size_t>(count));
    return true;
  }

  int fd_;
  std::string buffer_;
};

}  // namespace

std::string Received::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (equals_ignoring_case(key, name)) {
      return value;
    }
  }
  return {};
}

void Connection::reply(
    int status, std::string_view body,
    const std::vector<std::pair<std::string, std::string>>& headers) {
  std::string head = fmt::format("HTTP/1.1 {} status\r\n", status);
  for (const auto& [key, value] : headers) {
    head += fmt::format("{}: {}\r\n", key, value);
  }
  head += fmt::format("Content-Length: {}\r\n\r\n", body.size());
  send(head + std::string(body));
}

bool Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count =
        ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void Connection::close() {
  socket_.close();
}

void Connection::close_with_reset() {
  const linger at_once{1, 0};
  setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  socket_.close();
}

bool Connection::wait_for_peer_to_close(std::chrono::milliseconds limit) {
  pollfd wanted{socket_.get(), POLLIN | POLLRDHUP, 0};
  return ::poll(&wanted, 1, static_cast<int>(limit.count())) > 0;
}

HttpServer::HttpServer(Handler handler, const char* address, std::uint16_t port)
    : handler_(std::move(handler)),
      address_(address),
      listener_(bind_to(address_, port)),
      port_(bound_port(listener_.get())) {
  ::listen(listener_.get(), SOMAXCONN);
  acceptor_ = std::jthread([this] { accept_all(); });
}

HttpServer::~HttpServer() {
  stopping_ = true;
  ::shutdown(listener_.get(), SHUT_RDWR);
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int fd : open_) {
      ::shutdown(fd, SHUT_RDWR);
    }
  }
  threads_.clear();
}

std::string HttpServer::url() const {
  return fmt::format("http://{}:{}", address_, port_);
}

std::vector<Received> HttpServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void HttpServer::accept_all() {
  while (!stopping_) {
    Fd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket) {
      return;
    }
    ++connections_;
    const std::lock_guard lock(mutex_);
    open_.push_back(socket.get());
    threads_.emplace_back([this, taken = std::move(socket)]() mutable {
      serve(std::move(taken));
    });
  }
}

void HttpServer::serve(Fd socket) {
  const int fd = socket.get();
  RequestReader reader(fd);
  Connection connection(std::move(socket));
  while (connection.is_open()) {
    std::optional<Received> request = reader.next();
    if (!request) {
      break;
    }
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(*request);
    }
    handler_(connection, *request);
  }
  // Under the lock: the destructor must not shut down a number in new hands.
  const std::lock_guard lock(mutex_);
  std::erase(open_, fd);
  connection.close();
}

std::uint16_t closed_port() {
  const Fd fd = bind_to("127.0.0.1", 0);
  return bound_port(fd.get());
}

}  // namespace kprofefe::test
