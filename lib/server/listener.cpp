// SPDX-License-Identifier: MIT
#include "server/listener.hpp"

#include "http/url.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <expected>
#include <string_view>
#include <utility>

namespace kprofefe::server {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;
using Opened = std::expected<tcp::acceptor, error_code>;
using Acceptors = std::vector<tcp::acceptor>;

constexpr std::string_view k_localhost = "localhost";

Opened listen_on(async::Loop& loop, const tcp::endpoint& where) {
  tcp::acceptor acceptor(loop.context());
  error_code error;
  const auto step = [&error](auto&& action) {
    if (!error) {
      action(error);
    }
  };
  step([&](error_code& ec) { acceptor.open(where.protocol(), ec); });
  // A port of which old connections are still closing can be had again.
  step([&](error_code& ec) {
    acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  });
  if (where.address().is_v6()) {
    step([&](error_code& ec) {
      acceptor.set_option(boost::asio::ip::v6_only(true), ec);
    });
  }
  step([&](error_code& ec) { acceptor.bind(where, ec); });
  step([&](error_code& ec) {
    acceptor.listen(boost::asio::socket_base::max_listen_connections, ec);
  });
  return error ? Opened(std::unexpect, error) : Opened(std::move(acceptor));
}

std::unexpected<Error> describe(const error_code& error,
                                const ListenAddress& address) {
  const std::string where = http::authority(address.host, address.port);
  if (error == boost::asio::error::address_in_use) {
    return fail(ErrorKind::io,
                fmt::format("cannot listen on {}: the port is in use: choose "
                            "another, or 0 for one that is free",
                            where));
  }
  return fail(ErrorKind::io,
              fmt::format("cannot listen on {}: {}", where, error.message()));
}

/// Both families, as far as the host has them. Whoever listens on the same
/// port of the other one would be sent our requests: in_use is an error.
std::expected<Acceptors, error_code> listen_on_localhost(async::Loop& loop,
                                                         std::uint16_t port) {
  Acceptors acceptors;
  acceptors.reserve(2);
  Opened v4 = listen_on(loop, {boost::asio::ip::address_v4::loopback(), port});
  if (v4) {
    port = v4->local_endpoint().port();
    acceptors.push_back(std::move(*v4));
  } else if (v4.error() == boost::asio::error::address_in_use) {
    return std::unexpected(v4.error());
  }
  Opened v6 = listen_on(loop, {boost::asio::ip::address_v6::loopback(), port});
  if (v6) {
    acceptors.push_back(std::move(*v6));
  } else if (acceptors.empty() ||
             v6.error() == boost::asio::error::address_in_use) {
    return std::unexpected(v6.error());
  }
  return acceptors;
}

/// A port that is free in one family may be in use in the other: with 0 there
/// are others to try.
std::expected<Acceptors, error_code> listen_on_localhost_somewhere(
    async::Loop& loop, std::uint16_t port) {
  constexpr int k_attempts = 8;
  auto acceptors = listen_on_localhost(loop, port);
  for (int i = 1; i < k_attempts && port == 0 && !acceptors &&
                  acceptors.error() == boost::asio::error::address_in_use;
       ++i) {
    acceptors = listen_on_localhost(loop, port);
  }
  return acceptors;
}

Result<boost::asio::ip::address> read_address(const ListenAddress& address) {
  error_code error;
  boost::asio::ip::address ip =
      boost::asio::ip::make_address(address.host, error);
  if (error) {
    return fail(ErrorKind::usage,
                fmt::format("invalid address \"{}\": use localhost or an IP "
                            "address",
                            address.host));
  }
  if (!ip.is_loopback() && !address.allow_remote) {
    return fail(ErrorKind::usage,
                fmt::format("refusing to listen on {}: other hosts could reach "
                            "it; use localhost, or --allow-remote",
                            address.host));
  }
  return ip;
}

}  // namespace

Result<ListenAddress> parse_listen_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  ListenAddress address;
  if (colon != std::string_view::npos) {
    std::string_view host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) {
      host = host.substr(1, host.size() - 2);
    }
    if (!host.empty()) {
      address.host = host;
    }
    const std::string_view port = text.substr(colon + 1);
    const auto number = http::parse_port(port);
    if (number || port == "0") {
      address.port = number.value_or(0);
      return address;
    }
  }
  return fail(ErrorKind::usage,
              fmt::format("invalid address \"{}\": use localhost:PORT; port 0 "
                          "is a free one",
                          text));
}

Listener::Listener(async::Loop& loop, std::string host)
    : loop_(&loop), host_(std::move(host)) {}

Result<Listener> Listener::open(async::Loop& loop,
                                const ListenAddress& address) {
  Listener listener(loop, address.host);
  if (address.host == k_localhost) {
    auto acceptors = listen_on_localhost_somewhere(loop, address.port);
    if (!acceptors) {
      return describe(acceptors.error(), address);
    }
    listener.acceptors_ = std::move(*acceptors);
    return listener;
  }
  TRY_ASSIGN(const boost::asio::ip::address ip, read_address(address));
  Opened acceptor = listen_on(loop, {ip, address.port});
  if (!acceptor) {
    return describe(acceptor.error(), address);
  }
  listener.acceptors_.push_back(std::move(*acceptor));
  return listener;
}

std::uint16_t Listener::port() const {
  return acceptors_.front().local_endpoint().port();
}

std::vector<std::string> Listener::authorities() const {
  std::vector<std::string> hosts = {host_};
  for (const tcp::acceptor& acceptor : acceptors_) {
    const boost::asio::ip::address ip = acceptor.local_endpoint().address();
    hosts.push_back(ip.to_string());
    if (ip.is_loopback() || ip.is_unspecified()) {
      hosts.emplace_back(k_localhost);
    }
  }
  std::vector<std::string> authorities;
  for (const std::string& host : hosts) {
    std::string authority = http::authority(host, port());
    if (std::ranges::find(authorities, authority) == authorities.end()) {
      authorities.push_back(std::move(authority));
    }
    // Browsers leave the default port out.
    if (port() == 80) {
      authorities.push_back(host.contains(':') ? fmt::format("[{}]", host)
                                               : host);
    }
  }
  return authorities;
}

}  // namespace kprofefe::server
