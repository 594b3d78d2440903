// SPDX-License-Identifier: MIT
#include "collect/pod_address.hpp"

#include <doctest/doctest.h>

namespace kprofefe::collect {
namespace {

TEST_SUITE_BEGIN("collect::why_no_pod_address");

TEST_CASE("addresses that pods have") {
  for (const char* ip :
       {"10.0.0.1", "172.16.5.4", "192.168.1.1", "100.64.0.1", "8.8.8.8",
        "169.253.255.255", "169.255.0.0", "126.255.255.255", "128.0.0.0",
        "223.255.255.255", "::ffff:10.0.0.1", "fd00::1", "2001:db8::1",
        "fec0::1", "64:ff9b::8.8.8.8"}) {
    CAPTURE(ip);
    CHECK_FALSE(why_no_pod_address(ip));
  }
}

TEST_CASE("addresses that no pod has, in every form") {
  struct Row {
    const char* ip;
    const char* why;
  };

  const Row rows[] = {
      {"127.0.0.1", "a loopback address"},
      {"127.255.255.255", "a loopback address"},
      {"::1", "a loopback address"},
      {"::ffff:127.0.0.1", "a loopback address"},
      {"::ffff:7f00:1", "a loopback address"},
      {"::127.0.0.1", "a loopback address"},
      {"64:ff9b::7f00:1", "a loopback address"},
      {"169.254.169.254", "a link-local address"},
      {"169.254.0.0", "a link-local address"},
      {"::ffff:169.254.169.254", "a link-local address"},
      {"::ffff:a9fe:a9fe", "a link-local address"},
      {"64:ff9b::169.254.169.254", "a link-local address"},
      {"fe80::1", "a link-local address"},
      {"febf::1", "a link-local address"},
      {"0.0.0.0", "an unspecified address"},
      {"0.1.2.3", "an unspecified address"},
      {"::", "an unspecified address"},
      {"224.0.0.1", "a multicast address"},
      {"239.255.255.255", "a multicast address"},
      {"ff02::1", "a multicast address"},
      {"255.255.255.255", "the broadcast address"},
      {"100.100.100.200", "the address of a metadata service"},
      {"fd00:ec2::254", "the address of a metadata service"},
      {"fe80::1%eth0", "not an IP address"},
      {"metadata.internal", "not an IP address"},
      {"2130706433", "not an IP address"},
      {"", "not an IP address"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.ip);
    CHECK(why_no_pod_address(row.ip) == row.why);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
