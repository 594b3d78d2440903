// SPDX-License-Identifier: MIT
#include "data.hpp"

#include "pprof/check.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

using std::string_view_literals::operator""sv;
using test::gzip;
using test::MessageBuilder;
using test::ProfileBuilder;

TEST_SUITE_BEGIN("pprof");

constexpr std::uint64_t k_plenty = 64U << 20;

/// At once and in pieces must agree on what is well formed.
void check_both(std::string_view body, Content content) {
  const Result<Content> at_once = BodyChecker().check(body);
  REQUIRE(at_once);
  CHECK(*at_once == content);
  const Result<Content> in_pieces = check_body(body, {});
  REQUIRE(in_pieces);
  CHECK(*in_pieces == content);
}

TEST_CASE("what a real Go program sends is recognised, gzip and plain") {
  struct Row {
    std::string_view name;
    Content content;
  };

  for (const Row& row : {Row{"cpu.pb.gz", Content::samples},
                         Row{"cpu_empty.pb.gz", Content::empty},
                         Row{"heap.pb.gz", Content::samples},
                         Row{"heap_delta.pb.gz", Content::samples},
                         Row{"allocs.pb.gz", Content::samples},
                         Row{"allocs_delta.pb.gz", Content::samples},
                         Row{"block.pb.gz", Content::samples},
                         Row{"block_empty.pb.gz", Content::empty},
                         Row{"mutex.pb.gz", Content::samples},
                         Row{"mutex_empty.pb.gz", Content::empty},
                         Row{"goroutine.pb.gz", Content::samples},
                         Row{"threadcreate.pb.gz", Content::samples}}) {
    CAPTURE(row.name);
    const std::string body = test::real(std::string(row.name));
    check_both(body, row.content);
    const Result<std::string> plain = inflate_body(body, k_plenty);
    REQUIRE(plain);
    check_both(*plain, row.content);
    const Result<std::string> again = inflate_body(*plain, k_plenty);
    REQUIRE(again);
    CHECK(*again == *plain);
  }
  check_both(test::real("trace.trace"), Content::trace);
}

TEST_CASE("fields in any order, and several gzip members, make a profile") {
  const std::string profile =
      ProfileBuilder::go("heap").sample({1, 2, 3, 4}, {"main.f"}).raw();
  MessageBuilder strings;
  strings.bytes(6, "").bytes(6, "a string table that comes first");

  check_both(strings.str() + profile, Content::samples);
  check_both(gzip(profile.substr(0, 20)) + gzip(profile.substr(20)),
             Content::samples);
}

TEST_CASE("a profile may begin with fields that nobody knows") {
  const std::string profile =
      MessageBuilder().number(0, 1).bytes(99, "unknown").str() +
      ProfileBuilder::go("heap").sample({1, 2, 3, 4}, {"main.f"}).raw();
  check_both(profile, Content::samples);
  check_both(gzip(profile), Content::samples);
}

TEST_CASE("the start of a body must have a field that is known") {
  std::string start = MessageBuilder().bytes(99, "unknown").str() +
                      ProfileBuilder::go("heap").raw();
  start.resize(std::max(start.size(), k_start_bytes), '\x60');
  CHECK(check_start(start));
  const std::string endless =
      MessageBuilder().bytes(99, std::string(k_start_bytes, 'x')).str();
  CHECK_FALSE(check_start(endless));
}

TEST_CASE("what is no profile is refused in words") {
  const std::string html = "<html><title>Sign in</title></html>";
  const std::string profile = ProfileBuilder::go("cpu").raw();

  struct Row {
    std::string body;
    std::string message;
  };

  const std::vector<Row> rows = {
      {"", "not a profile: the body is empty"},
      {gzip(""), "not a profile: empty gzip data"},
      {html, "not a profile but an HTML page: Sign in"},
      {gzip(html), "not a profile but an HTML page: Sign in, inside gzip"},
      {"404 page not found\n", "not a profile but text: 404 page not found"},
      {R"({"error":"no"})", R"(not a profile but JSON: {"error":"no"})"},
      {gzip(gzip(profile)), "not a profile but gzip, inside gzip"},
      {gzip(std::string("go 1.26 trace\0\0\0...", 19)),
       "not a profile but a Go runtime trace, which `go tool trace` opens, "
       "inside gzip"},
      {"heap profile: 1: 2 [3: 4] @ heap/524288\n",
       "not a profile but a heap profile in the legacy text format"},
      {std::string("\xca\xfe\xba\xbe\0\1\2\3\4\5", 10),
       "not a profile but unrecognised bytes: ca fe ba be 00 01 02 03"},
      {gzip("\xca\xfe\xba\x3e"sv),
       "not a profile but unrecognised bytes: ca fe ba 3e"},
      {std::string(9, '\0') + '\x0b',
       "not a profile but unrecognised bytes: 00 00 00 00 00 00 00 00"},
      {MessageBuilder().bytes(16, "nobody knows it").str(),
       "not a profile but unrecognised bytes: 82 01 0f 6e 6f 62 6f 64"},
      {"\x60\x01", "not a profile: no sample types"},
      {profile.substr(0, 5),
       "malformed profile: truncated within a field at byte 5"},
      {gzip(profile).substr(0, 30),
       "malformed profile: corrupt gzip data at byte 30: unexpected end"},
      {profile + "\x0d",
       "malformed profile: a field has the wrong type at byte " +
           std::to_string(profile.size())},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    for (const Result<Content>& content :
         {BodyChecker().check(row.body), check_body(row.body, {})}) {
      REQUIRE_FALSE(content);
      CHECK(content.error().kind == ErrorKind::malformed);
      CHECK(content.error().message == row.message);
    }
  }
}

TEST_CASE("a foreign body is known by its start, in the same words") {
  std::string page = "<html><title>Sign in</title>";
  page.resize(k_start_bytes, ' ');
  const std::string zeros(k_start_bytes, '\0');
  std::string image("\x89PNG\r\n\x1a\n\0\0"sv);
  image.resize(k_start_bytes, '\xff');
  std::string broken = ProfileBuilder::go("cpu").raw() + "\x0d";
  broken.resize(k_start_bytes, '\0');
  for (const std::string& start : {page, zeros, image, broken}) {
    const Result<void> known = check_start(start);
    const Result<Content> whole = BodyChecker().check(start + "and more of it");
    REQUIRE_FALSE(known);
    REQUIRE_FALSE(whole);
    CAPTURE(known.error().message);
    CHECK(known.error().kind == ErrorKind::malformed);
    CHECK(known.error().message == whole.error().message);

    CHECK(check_start(start.substr(0, k_start_bytes - 1)));
  }
}

TEST_CASE("what may still become a profile or a trace passes by its start") {
  std::string profile = test::real("goroutine.pb.gz");
  while (profile.size() < k_start_bytes) {
    profile += profile;
  }
  CHECK(check_start(profile));
  const Result<std::string> plain =
      inflate_body(test::real("goroutine.pb.gz"), k_plenty);
  REQUIRE(plain);
  REQUIRE(plain->size() > k_start_bytes);
  for (std::size_t size = 0; size <= plain->size(); ++size) {
    CHECK(check_start(std::string_view(*plain).substr(0, size)));
  }
  const std::string trace = test::real("trace.trace");
  REQUIRE(trace.size() > k_start_bytes);
  CHECK(check_start(trace));
  CHECK(check_start(trace.substr(0, 7)));
}

/// What an intermediary that cuts or garbles may make of a sound gzip body.
std::vector<std::string> damaged(const std::string& good) {
  std::vector<std::string> bodies = {
      good.substr(0, good.size() - 1), good.substr(0, good.size() - 8),
      good.substr(0, good.size() / 2), good + std::string(64, '\0'),
      good + "error: timeout\n",       good + '\x1f'};
  for (const std::size_t from_end : {1U, 5U, 20U}) {
    bodies.push_back(good);
    bodies.back()[good.size() - from_end] ^= 1;
  }
  return bodies;
}

TEST_CASE("a damaged body is found out to its last byte") {
  const std::string one = test::real("heap.pb.gz");
  BodyChecker checker;
  for (const std::string& good : {one, gzip("") + one, one + gzip("")}) {
    CHECK(checker.check(good));
    for (const std::string& body : damaged(good)) {
      CHECK_FALSE(checker.check(body));
      CHECK_FALSE(check_body(body, {}));
      CHECK(checker.excess() == Excess::none);
    }
  }
}

TEST_CASE("a plain profile that ends within a field is found out") {
  const std::string good =
      ProfileBuilder::go("cpu").sample({1, 2}, {"main.f"}).raw();
  CHECK(BodyChecker().check(good));
  const std::size_t size = good.size() - 1;
  const Result<Content> cut = BodyChecker().check(good.substr(0, size));
  REQUIRE_FALSE(cut);
  CHECK(cut.error().message ==
        "malformed profile: truncated within a field at byte " +
            std::to_string(size));
}

TEST_CASE("a sample that is damaged inside is found out") {
  MessageBuilder sample;
  sample.packed(1, {1}).bytes(3, "a label");
  std::string bytes = sample.str();
  bytes[bytes.size() - 8] = 100;  // the length of the label
  MessageBuilder message;
  message.bytes(1, "").bytes(2, bytes);
  const Result<Content> content = BodyChecker().check(gzip(message.str()));
  REQUIRE_FALSE(content);
  CHECK(content.error().message.starts_with(
      "malformed profile: a field exceeds its sample at byte "));
}

TEST_CASE("a profile exactly as large as the limit passes") {
  const std::string profile =
      ProfileBuilder::go("cpu").sample({1, 2}, {"main.f"}).raw();
  for (const std::string& body : {profile, gzip(profile)}) {
    BodyChecker exact({.max_inflated_bytes = profile.size()});
    CHECK(exact.check(body));
    CHECK(exact.excess() == Excess::none);
    BodyChecker less({.max_inflated_bytes = profile.size() - 1});
    CHECK_FALSE(less.check(body));
    CHECK(less.excess() == Excess::inflated);
  }
  CHECK(inflate_body(gzip(profile), profile.size()));
  CHECK_FALSE(inflate_body(gzip(profile), profile.size() - 1));
}

TEST_CASE("a trace has no message to hand out") {
  CHECK_FALSE(inflate_body(test::real("trace.trace"), k_plenty));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
