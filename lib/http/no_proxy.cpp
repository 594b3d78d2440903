// SPDX-License-Identifier: MIT
#include "http/no_proxy.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace kprofefe::http {
namespace {

/// IPv4 as `::ffff:a.b.c.d`.
using Address = std::array<std::uint8_t, 16>;

constexpr std::size_t k_v4_at = 12;
constexpr int k_v4_bits = 96;

std::optional<Address> parse_address(std::string_view text) {
  const std::string copy(text);
  Address address{};
  if (::inet_pton(AF_INET, copy.c_str(), address.data() + k_v4_at) == 1) {
    address[10] = address[11] = 0xff;
    return address;
  }
  if (::inet_pton(AF_INET6, copy.c_str(), address.data()) == 1) {
    return address;
  }
  return std::nullopt;
}

bool is_v4(const Address& address) {
  return std::ranges::all_of(address.begin(), address.begin() + 10,
                             [](std::uint8_t byte) { return byte == 0; }) &&
         address[10] == 0xff && address[11] == 0xff;
}

bool is_loopback(const Address& address) {
  constexpr std::uint8_t k_loopback = 127;
  return is_v4(address) ? address[k_v4_at] == k_loopback
                        : address == parse_address("::1");
}

struct Network {
  Address address{};
  int bits = 0;
};

std::optional<Network> parse_network(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (slash == std::string_view::npos || !address) {
    return std::nullopt;
  }
  text.remove_prefix(slash + 1);
  const auto bits = parse_number<int>(text);
  const bool short_form = !text.empty() && is_v4(*address) &&
                          text.find(':') == std::string_view::npos;
  constexpr int k_all = 128;
  const int total = bits.value_or(-1) + (short_form ? k_v4_bits : 0);
  if (!bits || *bits < 0 || total > k_all) {
    return std::nullopt;
  }
  return Network{*address, total};
}

bool contains(const Network& network, const Address& address) {
  if (is_v4(network.address) != is_v4(address)) {
    return false;
  }
  constexpr int k_byte = 8;
  for (int bit = 0; bit < network.bits; ++bit) {
    const auto at = static_cast<std::size_t>(bit / k_byte);
    const int mask = 0x80 >> (bit % k_byte);
    if (((network.address[at] ^ address[at]) & mask) != 0) {
      return false;
    }
  }
  return true;
}

std::string lower(std::string_view text) {
  std::string copy(text);
  std::ranges::transform(copy, copy.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return copy;
}

/// `host:port`, `[v6]:port`, or the host alone.
std::pair<std::string_view, std::string_view> split_port(
    std::string_view text) {
  if (text.starts_with('[')) {
    const auto end = text.find("]:");
    return end == std::string_view::npos
               ? std::pair{text, std::string_view()}
               : std::pair{text.substr(1, end - 1), text.substr(end + 2)};
  }
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon != text.rfind(':')) {
    return {text, {}};
  }
  return {text.substr(0, colon), text.substr(colon + 1)};
}

struct Peer {
  std::string host;
  std::string port;
  std::optional<Address> address;
};

bool matches_name(std::string_view name, const std::string& host) {
  if (name.starts_with("*.")) {
    name.remove_prefix(1);
  }
  if (name.starts_with('.')) {
    return host.ends_with(name);
  }
  return host == name || host.ends_with("." + std::string(name));
}

bool is_exception(std::string_view entry, const Peer& peer) {
  if (entry == "*") {
    return true;
  }
  if (const auto network = parse_network(entry)) {
    return peer.address && contains(*network, *peer.address);
  }
  const auto [host, port] = split_port(entry);
  if (host.empty() || (!port.empty() && port != peer.port)) {
    return false;
  }
  if (const auto address = parse_address(host)) {
    return peer.address == address;
  }
  return !peer.address && matches_name(host, peer.host);
}

}  // namespace

bool uses_proxy(std::string_view exceptions, std::string_view host,
                std::uint16_t port) {
  const Peer peer{.host = lower(trim(host)),
                  .port = std::to_string(port),
                  .address = parse_address(host)};
  if (host == "localhost" || (peer.address && is_loopback(*peer.address))) {
    return false;
  }
  const std::string all = lower(exceptions);
  return std::ranges::none_of(split(all, ','), [&](std::string_view entry) {
    entry = trim(entry);
    return !entry.empty() && is_exception(entry, peer);
  });
}

}  // namespace kprofefe::http
