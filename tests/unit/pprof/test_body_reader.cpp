// SPDX-License-Identifier: MIT
#include "pprof/wire/body_reader.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::pprof {
namespace {

using std::string_view_literals::operator""sv;
using test::gzip;

TEST_SUITE_BEGIN("pprof");

struct Reading {
  std::string bytes;
  std::string error;
  std::size_t consumed = 0;
  std::size_t first_piece = 0;
};

Reading read_whole(std::string_view body) {
  BodyReader reader(body);
  Reading reading;
  for (std::string_view piece = reader.next(); !piece.empty();
       piece = reader.next()) {
    reading.bytes += piece;
    reading.first_piece =
        reading.first_piece == 0 ? piece.size() : reading.first_piece;
  }
  reading.error = reader.error();
  reading.consumed = reader.consumed();
  return reading;
}

/// Repeats at no small distance, so that the window is needed.
std::string long_text() {
  std::string text;
  for (unsigned i = 0; i < 50'000; ++i) {
    text += std::to_string(i * 2'654'435'761U % 9973);
    text += ' ';
  }
  return text;
}

TEST_CASE("gzip is decompressed, whatever its size and level") {
  for (const std::string& text : {std::string("x"), std::string(100, 'a'),
                                  std::string(1'000'000, 'b'), long_text()}) {
    for (const int level : {0, 1, 6, 9}) {
      CAPTURE(text.size());
      CAPTURE(level);
      const std::string body = gzip(text, level);
      const Reading reading = read_whole(body);
      CHECK(reading.bytes == text);
      CHECK(reading.error.empty());
      CHECK(reading.consumed == body.size());
      CHECK(reading.first_piece <= 2048);
    }
  }
}

TEST_CASE("what is not gzip is handed out as it is, in pieces") {
  const std::string text = long_text();

  const Reading reading = read_whole(text);

  CHECK(reading.bytes == text);
  CHECK(reading.error.empty());
  CHECK(reading.consumed == text.size());
  CHECK(reading.first_piece == 2048);
  CHECK_FALSE(BodyReader(text).gzip());
  CHECK_FALSE(BodyReader("").gzip());
  CHECK_FALSE(BodyReader("\x1f").gzip());
  CHECK(BodyReader("\x1f\x8b").gzip());
}

TEST_CASE("several members are one body, empty ones too") {
  const std::string body =
      gzip("one ") + gzip("") + gzip(long_text()) + gzip("") + gzip(" end");

  const Reading reading = read_whole(body);

  CHECK(reading.bytes == "one " + long_text() + " end");
  CHECK(reading.error.empty());
}

TEST_CASE("gzip of nothing is no error") {
  const Reading reading = read_whole(gzip(""));
  CHECK(reading.bytes.empty());
  CHECK(reading.error.empty());
}

TEST_CASE("a cut at any byte is seen") {
  const std::string body = gzip("the one ") + gzip("and the other");
  const std::size_t first = gzip("the one ").size();
  for (std::size_t size = 2; size < body.size(); ++size) {
    CAPTURE(size);
    const Reading reading = read_whole(std::string_view(body).substr(0, size));
    if (size == first) {
      CHECK(reading.error.empty());
      CHECK(reading.bytes == "the one ");
    } else {
      CHECK_FALSE(reading.error.empty());
    }
  }
}

TEST_CASE("damage is seen and named") {
  const std::string good = gzip("some text, and some text again");

  struct Row {
    std::string body;
    std::string_view error;
  };

  std::string checksum = good;
  checksum[checksum.size() - 8] ^= 1;
  std::string length = good;
  length[length.size() - 4] ^= 1;
  std::string method = good;
  method[2] = 7;
  for (const Row& row : {Row{good + "x", "trailing data"},
                         Row{good + std::string(8, '\0'), "trailing data"},
                         Row{good + "\x1f", "trailing data"},
                         Row{checksum, "incorrect data check"},
                         Row{length, "incorrect length check"},
                         Row{method, "unknown compression method"},
                         Row{good.substr(0, 15), "unexpected end"},
                         Row{std::string("\x1f\x8b"), "unexpected end"}}) {
    CAPTURE(row.error);
    CHECK(read_whole(row.body).error == row.error);
  }
}

TEST_CASE("after the end and after an error there is nothing more") {
  const std::string broken = gzip("text").substr(0, 12);
  for (const std::string_view body : {std::string_view(broken), "plain"sv}) {
    BodyReader reader(body);
    while (!reader.next().empty()) {
    }
    const std::string error(reader.error());
    CHECK(reader.next().empty());
    CHECK(reader.error() == error);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
