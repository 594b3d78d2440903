// SPDX-License-Identifier: MIT
#include "collect/pod_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace kprofefe::collect {
namespace {

constexpr std::size_t k_v6_bytes = 16;
constexpr std::size_t k_v4_at = 12;
using Address = std::array<std::uint8_t, k_v6_bytes>;

/// Addresses whose first `bits` are those of `begin`.
struct Range {
  const char* begin;
  unsigned bits;
  std::string_view what;
};

constexpr std::string_view k_loopback = "a loopback address";
constexpr std::string_view k_link_local = "a link-local address";
constexpr std::string_view k_multicast = "a multicast address";
constexpr std::string_view k_unspecified = "an unspecified address";
/// Of clouds that serve it outside of the link-local range.
constexpr std::string_view k_metadata = "the address of a metadata service";

constexpr auto k_ranges = std::to_array<Range>({
    {"::ffff:0.0.0.0", 104, k_unspecified},
    {"::ffff:127.0.0.0", 104, k_loopback},
    {"::ffff:169.254.0.0", 112, k_link_local},
    {"::ffff:224.0.0.0", 100, k_multicast},
    {"::ffff:255.255.255.255", 128, "the broadcast address"},
    {"::ffff:100.100.100.200", 128, k_metadata},
    {"::ffff:168.63.129.16", 128, k_metadata},
    {"::", 128, k_unspecified},
    {"::1", 128, k_loopback},
    {"fe80::", 10, k_link_local},
    {"ff00::", 8, k_multicast},
    {"fd00:ec2::254", 128, k_metadata},
    {"fd20:ce::254", 128, k_metadata},
});

/// IPv6, or IPv4 as IPv6 writes it; nothing for what is neither.
std::optional<Address> parse(const std::string& ip) {
  Address address{};
  if (::inet_pton(AF_INET, ip.c_str(), address.data() + k_v4_at) == 1) {
    address[k_v4_at - 2] = 0xff;
    address[k_v4_at - 1] = 0xff;
    return address;
  }
  return ::inet_pton(AF_INET6, ip.c_str(), address.data()) == 1
             ? std::optional(address)
             : std::nullopt;
}

bool has_prefix(const Address& address, const Address& prefix, unsigned bits) {
  const auto whole = static_cast<std::ptrdiff_t>(bits / 8);
  if (!std::equal(prefix.begin(), prefix.begin() + whole, address.begin())) {
    return false;
  }
  const unsigned rest = bits % 8;
  if (rest == 0) {
    return true;
  }
  const auto at = static_cast<std::size_t>(whole);
  const unsigned differ = address.at(at) ^ prefix.at(at);
  return differ >> (8U - rest) == 0;
}

/// The IPv4 address that a gateway would make of it, in the usual form:
/// `64:ff9b::/96` (RFC 6052) and the old `::a.b.c.d`.
std::optional<Address> embedded_v4(const Address& address) {
  const std::optional<Address> nat = parse("64:ff9b::");
  const std::optional<Address> none = parse("::");
  constexpr unsigned k_bits = 96;
  if (!has_prefix(address, *nat, k_bits) &&
      !has_prefix(address, *none, k_bits)) {
    return std::nullopt;
  }
  Address mapped = *parse("0.0.0.0");
  std::copy(address.begin() + k_v4_at, address.end(), mapped.begin() + k_v4_at);
  return mapped;
}

std::optional<std::string_view> find_range(const Address& address) {
  const auto* const found =
      std::ranges::find_if(k_ranges, [&](const Range& range) {
        return has_prefix(address, *parse(range.begin), range.bits);
      });
  return found == k_ranges.end() ? std::nullopt : std::optional(found->what);
}

}  // namespace

std::optional<std::string_view> why_no_pod_address(std::string_view ip) {
  const std::optional<Address> address = parse(std::string(ip));
  if (!address) {
    return "not an IP address";
  }
  if (const auto why = find_range(*address)) {
    return why;
  }
  const std::optional<Address> embedded = embedded_v4(*address);
  return embedded ? find_range(*embedded) : std::nullopt;
}

}  // namespace kprofefe::collect
