// SPDX-License-Identifier: MIT
#include "http/tunnel_socket.hpp"

#include <boost/asio/post.hpp>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <utility>

namespace kprofefe::http {
namespace {

constexpr int k_type = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;

/// libcurl 7.88, which is Debian 12's, connects a socket although it was told
/// that it is connected (curl/curl#10626).
bool connects_in_any_case() {
  constexpr unsigned k_first = 0x075800;
  constexpr unsigned k_fixed = 0x080000;
  static const unsigned version =
      curl_version_info(CURLVERSION_NOW)->version_num;
  return version >= k_first && version < k_fixed;
}

curl_socket_t open_pair(const Tunnel& tunnel) {
  std::array<int, 2> pair{};
  if (::socketpair(AF_UNIX, k_type, 0, pair.data()) != 0) {
    return CURL_SOCKET_BAD;
  }
  Fd ours(pair[0]);
  return tunnel.attach(Fd(pair[1])) ? ours.release() : CURL_SOCKET_BAD;
}

bool is_of_this_process(const Fd& socket) {
  ucred peer{};
  socklen_t size = sizeof(peer);
  return ::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) ==
             0 &&
         peer.pid == ::getpid();
}

/// Attaches the connection that libcurl has made to `listener`. When there is
/// none the tunnel ends, and with it the transfer by its deadline.
void accept_from(const Fd& listener, const Tunnel& tunnel) {
  while (true) {
    Fd accepted(::accept4(listener.get(), nullptr, nullptr,
                          SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!accepted) {
      return;
    }
    if (is_of_this_process(accepted)) {
      tunnel.attach(std::move(accepted));
      return;
    }
  }
}

/// A socket for libcurl to connect, at once, to an address in `address` which
/// the kernel picks (unix(7), autobind) and which lives until then. libcurl
/// cannot name that peer and therefore never uses the connection again: each
/// request takes a tunnel of its own.
curl_socket_t open_connectable(boost::asio::io_context& context,
                               const std::shared_ptr<const Tunnel>& tunnel,
                               curl_sockaddr* address) {
  Fd ours(::socket(AF_UNIX, k_type, 0));
  auto listener = std::make_shared<Fd>(::socket(AF_UNIX, k_type, 0));
  sockaddr_un name{.sun_family = AF_UNIX, .sun_path = {}};
  auto* const generic = reinterpret_cast<sockaddr*>(&name);
  socklen_t size = sizeof(sa_family_t);
  const bool listens = ::bind(listener->get(), generic, size) == 0 &&
                       ::listen(listener->get(), 1) == 0;
  size = sizeof(name);
  if (!ours || !listens ||
      ::getsockname(listener->get(), generic, &size) != 0 ||
      size > sizeof(address->addr)) {
    return CURL_SOCKET_BAD;
  }
  address->family = AF_UNIX;
  address->addrlen = size;
  std::memcpy(&address->addr, &name, size);
  boost::asio::post(context,
                    [listener, tunnel] { accept_from(*listener, *tunnel); });
  return ours.release();
}

}  // namespace

curl_socket_t open_tunnel_socket(boost::asio::io_context& context,
                                 const std::shared_ptr<const Tunnel>& tunnel,
                                 curl_sockaddr* address) {
  return connects_in_any_case() ? open_connectable(context, tunnel, address)
                                : open_pair(*tunnel);
}

int on_tunnel_socket(void* /*data*/, curl_socket_t /*socket*/,
                     curlsocktype /*purpose*/) {
  return connects_in_any_case() ? CURL_SOCKOPT_OK
                                : CURL_SOCKOPT_ALREADY_CONNECTED;
}

}  // namespace kprofefe::http
