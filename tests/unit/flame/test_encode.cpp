// SPDX-License-Identifier: MIT
#include "drawn.hpp"

#include "flame/encode.hpp"
#include "support/stacks.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::flame {
namespace {

using test::Stacks;

/// Reads what page.js reads, with whole numbers.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.at(at_++));
      value |= std::uint64_t{byte & 127U} << shift;
      if (byte < 128) {
        return value;
      }
    }
  }

  std::int64_t zigzag() {
    const std::uint64_t value = varint();
    return static_cast<std::int64_t>(value >> 1 ^ (0 - (value & 1)));
  }

  std::string text() {
    const std::uint64_t size = varint();
    at_ += size;
    return std::string(bytes_.substr(at_ - size, size));
  }

  [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

/// What a reader makes of the bytes, a line per part.
std::string decoded(std::string_view bytes) {
  Reader reader(bytes);
  std::string text;
  const std::uint64_t types = reader.varint();
  for (std::uint64_t i = 0; i < types; ++i) {
    text += reader.text() + "/";
    text += reader.text();
    text += "*" + reader.text();
    const std::uint64_t steps = reader.varint();
    for (std::uint64_t step = 0; step < steps; ++step) {
      text += "," + reader.text();
      text += "=" + reader.text();
    }
    text += fmt::format(" of {}", reader.zigzag());
    text += fmt::format("+{}\n", reader.zigzag());
  }
  text += fmt::format("shown {} ", reader.varint());
  const bool compares = reader.varint() == 1;
  text += compares ? "compared" : "alone";
  text += " x" + reader.text() + "\n";
  std::vector<std::string> files(reader.varint());
  for (std::string& file : files) {
    file = reader.text();
  }
  std::vector<std::string> names(reader.varint());
  for (std::string& name : names) {
    name = reader.text();
  }
  for (std::string& name : names) {
    name += "@" + files.at(reader.varint());
  }
  const std::uint64_t nodes = reader.varint();
  std::vector<std::int64_t> depths(nodes);
  for (std::int64_t last = 0; std::int64_t& depth : depths) {
    depth = last += 1 - static_cast<std::int64_t>(reader.varint());
  }
  for (const std::int64_t depth : depths) {
    text += fmt::format("{} {}\n", depth, names.at(reader.varint()));
  }
  std::uint64_t place = 0;
  const std::uint64_t places = reader.varint();
  text += "places";
  for (std::uint64_t i = 0; i < places; ++i) {
    place += reader.varint();
    text += fmt::format(" {}", place);
  }
  for (std::uint64_t i = 0; i < types * (compares ? 2 : 1); ++i) {
    const auto factor = static_cast<std::int64_t>(reader.varint());
    text += fmt::format("\nx{}", factor);
    for (std::uint64_t k = 0; k < places; ++k) {
      text += fmt::format(" {}", factor * reader.zigzag());
    }
  }
  CHECK(reader.at_end());
  return text;
}

std::string round_trip(const Input& input, const Options& options) {
  return decoded(encode(tree_of(input, options), *input.profile, options));
}

}  // namespace

TEST_CASE("a tree can be read from its bytes") {
  const pprof::Profile profile = test::small_cpu();

  CHECK(round_trip({&profile}, {.sample_index = 1}) ==
        "samples/*1 of 10+0\n"
        "cpu/nanoseconds*1,hrs=3600000000000,s=1000000000,ms=1000000,"
        "us=1000,ns=1 of 100000000+0\n"
        "shown 1 alone x1\n"
        "1 main.main@/src/main.main.go\n"
        "2 main.work@/src/main.work.go\n"
        "3 net/http.(*conn).serve@/src/net/http.(*conn).serve.go\n"
        "1 runtime.gcBgMarkWorker@/src/runtime.gcBgMarkWorker.go\n"
        "places 2 3 4\n"
        "x1 6 3 1\n"
        "x10000000 60000000 30000000 10000000");
}

TEST_CASE("with a base every sample type has two columns") {
  const pprof::Profile base = Stacks({{"n", "count"}}).add("a", {4}).profile;
  const pprof::Profile profile =
      Stacks({{"n", "count"}}).add("a;b", {6}).profile;

  CHECK(round_trip({&profile, &base}, {}) ==
        "n/*1 of 6+4\nshown 0 compared x1\n1 a@/src/a.go\n2 b@/src/b.go\n"
        "places 1 2\nx6 0 6\nx4 4 0");
}

TEST_CASE("the bytes say how values are written") {
  const pprof::Profile profile =
      Stacks({{"space", "kb"}, {"n", "widgets"}, {"cpu", "GCUs"}})
          .add("a", {1, 2, 3})
          .profile;
  const Input input{.profile = &profile, .totals = {10, 20, 30}};

  CHECK(round_trip(input, {.unit = "mb", .divide_by = 4})
            .starts_with("space/kb*1024,MB=1048576 of 10+0\n"
                         "n/widgets*1 of 20+0\n"
                         "cpu/GCUs*1,P*GCU=1000000000000000,"));
  CHECK(round_trip(input, {.divide_by = 4}).find("alone x0.25\n") !=
        std::string::npos);
}

TEST_CASE("the largest and the smallest numbers are exact") {
  constexpr auto k_most = std::numeric_limits<std::int64_t>::max();
  constexpr auto k_least = std::numeric_limits<std::int64_t>::min();
  const pprof::Profile profile = Stacks({{"n", "count"}, {"m", "count"}})
                                     .add("a", {k_most, k_least})
                                     .add("b", {k_least, 0})
                                     .add("c", {9'007'199'254'740'993, 0})
                                     .profile;

  const std::string text = round_trip({&profile}, {});

  CHECK(text.find("9223372036854775807") != std::string::npos);
  CHECK(text.find(" 9007199254740993") != std::string::npos);
  CHECK(text.ends_with(fmt::format("x1 {} 0 0", k_least)));
}

TEST_CASE("any name goes through the bytes") {
  using Names = std::vector<std::string_view>;
  const std::string name("a\0\n</script>\xff;", 14);
  const pprof::Profile profile =
      Stacks({{"n", "count"}}).add(Names{name}, {1}).profile;

  CHECK(round_trip({&profile}, {}).find("1 " + name + "@") !=
        std::string::npos);
}

TEST_CASE("nothing is nothing") {
  const pprof::Profile profile = Stacks({{"n", "count"}}).profile;

  CHECK(round_trip({&profile}, {}) ==
        "n/*1 of 0+0\nshown 0 alone x1\nplaces\nx1");
}

}  // namespace kprofefe::flame
