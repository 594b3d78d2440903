// SPDX-License-Identifier: MIT
#include "http/websocket_frame.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::http {
namespace {

/// A piece with its own copy of the bytes.
struct Piece {
  Opcode opcode;
  std::string payload;
  bool begins;
  bool ends;

  bool operator==(const Piece&) const = default;
};

/// All pieces of `wire`, given to the reader `step` bytes at a time.
Result<std::vector<Piece>> read_all(std::string_view wire, std::size_t step) {
  FrameReader reader;
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < wire.size(); at += step) {
    std::string_view input = wire.substr(at, step);
    for (;;) {
      TRY_ASSIGN(const std::optional<FramePiece> piece, reader.next(input));
      if (!piece) {
        break;
      }
      pieces.push_back({piece->opcode, std::string(piece->payload),
                        piece->begins_message, piece->ends_message});
    }
    CHECK(input.empty());
  }
  return pieces;
}

/// The messages in pieces: a new one at every begin.
std::vector<std::string> messages(const std::vector<Piece>& pieces) {
  std::vector<std::string> texts;
  for (const Piece& piece : pieces) {
    if (piece.begins) {
      texts.emplace_back();
    }
    texts.back() += piece.payload;
  }
  return texts;
}

const std::string k_fragments("\x02\x02he\x89\x01!\x00\x00\x80\x03llo", 14);

TEST_SUITE_BEGIN("http::FrameReader");

TEST_CASE("RFC 6455, 5.7: a single unmasked frame, fragments, a ping") {
  CHECK(*read_all("\x81\x05Hello", 100) ==
        std::vector<Piece>{{Opcode::text, "Hello", true, true}});
  CHECK(*read_all("\x01\x03Hel\x80\x02lo", 100) ==
        std::vector<Piece>{{Opcode::text, "Hel", true, false},
                           {Opcode::text, "lo", false, true}});
  CHECK(*read_all("\x89\x05Hello", 100) ==
        std::vector<Piece>{{Opcode::ping, "Hello", true, true}});
}

TEST_CASE("however it is cut, the messages are the same") {
  const std::string wire =
      k_fragments + std::string("\x82\x7e\x01\x00", 4) + std::string(256, 'x') +
      std::string("\x82\x7f\0\0\0\0\0\1\0\0", 10) + std::string(65536, 'y');
  const std::vector<std::string> expected = {
      "he", "!llo", std::string(256, 'x'), std::string(65536, 'y')};
  for (const std::size_t step : {1U, 2U, 3U, 7U, 11U, 1000U, 100000U}) {
    CAPTURE(step);
    const auto pieces = read_all(wire, step);
    REQUIRE(pieces);
    // The ping stands between the fragments and begins a message of its own.
    CHECK(messages(*pieces) == expected);
    CHECK(pieces->back().ends);
  }
}

TEST_CASE("an empty message is a piece that begins and ends") {
  CHECK(*read_all(std::string("\x82\0", 2), 1) ==
        std::vector<Piece>{{Opcode::binary, "", true, true}});
}

TEST_CASE("what a server must not send is malformed") {
  struct Row {
    const char* name;
    std::string wire;
    const char* words;
  };

  const Row rows[] = {
      {"reserved bits", "\xc2\x01x", "extension"},
      {"unknown opcode", "\x83\x01x", "extension"},
      {"unknown control opcode", "\x8b\x01x", "extension"},
      {"masked", std::string("\x82\x81\0\0\0\0x", 7), "masked"},
      {"a ping in fragments", "\x09\x01x", "control frame"},
      {"a long ping", std::string("\x89\x7e\x00\x7e", 4), "control frame"},
      {"a continuation of nothing", "\x80\x01x",
       "continuation without a message"},
      {"a message in a message", "\x02\x01x\x82\x01y", "inside another"},
      {"too long", std::string("\x82\x7f\0\0\0\1\0\0\0\0", 10),
       "a frame of 4294967296 bytes is too large"},
      {"too long for a signed number",
       std::string("\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 10),
       "a frame of 18446744073709551615 bytes is too large"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    for (const std::size_t step : {1U, 100U}) {
      const auto pieces = read_all(row.wire, step);
      REQUIRE(!pieces);
      CHECK(pieces.error().kind == ErrorKind::malformed);
      CHECK(pieces.error().message.find(row.words) != std::string::npos);
    }
  }
}

TEST_SUITE_END();

TEST_SUITE_BEGIN("http::client_frame");

TEST_CASE("RFC 6455, 5.7: a masked frame") {
  CHECK(client_frame(Opcode::text, "Hello", {0x37, 0xfa, 0x21, 0x3d}) ==
        "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58");
}

TEST_CASE("lengths of one, two and eight bytes") {
  const auto head = [](std::size_t size) {
    const std::string payload(size, 'x');
    const std::string frame = client_frame(Opcode::binary, payload, {});
    CHECK(frame.ends_with(payload));
    return frame.substr(0, frame.size() - size);
  };
  const std::string mask(4, '\0');
  CHECK(head(125) == "\x82\xfd" + mask);
  CHECK(head(126) == std::string("\x82\xfe\x00\x7e", 4) + mask);
  CHECK(head(65535) == "\x82\xfe\xff\xff" + mask);
  CHECK(head(65536) == std::string("\x82\xff\0\0\0\0\0\1\0\0", 10) + mask);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
