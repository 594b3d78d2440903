// SPDX-License-Identifier: MIT
#include "kube/forward/port_channel.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::kube {
namespace {

http::FramePiece message(std::string_view payload, bool begins = true) {
  return {.payload = payload, .begins_message = begins, .ends_message = true};
}

using namespace std::string_view_literals;

// 6060 is 0x17ac; little endian.
constexpr auto k_data_greeting = "\x00\xac\x17"sv;
constexpr auto k_error_greeting = "\x01\xac\x17"sv;

TEST_SUITE_BEGIN("kube::PortChannels");

TEST_CASE("both channels greet, then come bytes") {
  PortChannels channels(6060);
  CHECK(channels.read(message(k_data_greeting))->bytes.empty());
  CHECK_FALSE(channels.greeted());
  CHECK(channels.read(message(k_error_greeting))->bytes.empty());
  CHECK(channels.greeted());

  const auto data = channels.read(message("\0body"sv));
  REQUIRE(data);
  CHECK(data->channel == Channel::data);
  CHECK(data->bytes == "body");
  const auto error = channels.read(message("\1refused"sv));
  CHECK(error->channel == Channel::error);
  CHECK(error->bytes == "refused");
}

TEST_CASE("the channel is the first byte of a message, not of a piece") {
  PortChannels channels(6060);
  CHECK(channels.read(message("\0"sv)));
  CHECK(channels.read(message("\xac", false)));
  const auto rest = channels.read(message("\x17\1\0", false));
  REQUIRE(rest);
  CHECK(rest->channel == Channel::data);
  CHECK(rest->bytes == "\1");
  CHECK(channels.read(message("", true))->bytes.empty());
  CHECK(channels.read(message("\1"sv, false))->channel == Channel::error);
}

TEST_CASE("another port and another channel are malformed") {
  const auto fails = [](std::string_view bytes) {
    PortChannels channels(6060);
    const auto read = channels.read(message(bytes));
    REQUIRE(!read);
    CHECK(read.error().kind == ErrorKind::malformed);
    return read.error().message;
  };
  CHECK(fails("\2x"sv).find("unknown channel 2") != std::string::npos);
  CHECK(fails("\xffx"sv).find("unknown channel 255") != std::string::npos);
  CHECK(fails("\0\x50\0"sv).find("got port 80 instead of 6060") !=
        std::string::npos);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
