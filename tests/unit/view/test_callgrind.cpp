// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "view/callgrind.hpp"

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

std::string callgrind_of(const pprof::Profile& profile,
                         const Options& options = {}) {
  return text_of(write_callgrind,
                 prepared_for(ReportKind::callgrind, options, profile));
}

TEST_CASE("callgrind names things once and addresses by their distance") {
  ProfileMaker maker("cpu/nanoseconds");
  const auto main = maker.location(0x401000, {{"main", "/src/main.go", 3}});
  const auto work = maker.location(0x401020, {{"work", "/src/main.go", 9}});
  const auto deep = maker.location(0x401024, {{"work", "/src/main.go", 10}});
  maker.sample({work, main}, {5'000'000}).sample({deep, main}, {3'000'000});

  CHECK(callgrind_of(maker.profile()) ==
        "positions: instr line\n"
        "events: cpu(ms)\n"
        "\n"
        "ob=(1) /usr/bin/server\n"
        "fl=(1) /src/main.go\n"
        "fn=(1) work\n"
        "0x401020 9 5\n"
        "+4 10 3\n"
        "\n"
        "ob=(1)\n"
        "fl=(1)\n"
        "fn=(2) main\n"
        "-36 3 0\n"
        "cfl=(1)\n"
        "cfn=(1)\n"
        "calls=0 -4 9\n"
        "* * 5\n"
        "cfl=(1)\n"
        "cfn=(1)\n"
        "calls=0 * 10\n"
        "* * 3\n");
}

TEST_CASE("callgrind has the unit of the smallest value, and whole numbers") {
  ProfileMaker maker("cpu/nanoseconds");
  maker.sample({maker.at("a")}, {7'000'000'000})
      .sample({maker.at("b")}, {1'500});
  const std::string text = callgrind_of(maker.profile());

  CHECK(text.find("events: cpu(us)\n") != std::string::npos);
  CHECK(text.find(" 7 7000000\n") != std::string::npos);
  CHECK(text.find(" 7 1\n") != std::string::npos);
}

TEST_CASE("callees of one name in one file are numbered") {
  ProfileMaker maker("samples/count");
  const auto main = maker.at("main");
  maker.sample({maker.location(1, {{"f", "f.go", 5, 1}}), main}, {2});
  maker.sample({maker.location(2, {{"f", "f.go", 9, 8}}), main}, {1});
  const std::string text = callgrind_of(maker.profile());

  CHECK(text.find("fn=(1) f\n") != std::string::npos);
  CHECK(text.find("cfn=(3) f [1/2]\n") != std::string::npos);
  CHECK(text.find("cfn=(4) f [2/2]\n") != std::string::npos);
}

TEST_CASE("in a call tree a function of two callers is two") {
  ProfileMaker maker("samples/count");
  const auto leaf = maker.at("leaf");
  maker.sample({leaf, maker.at("a")}, {2}).sample({leaf, maker.at("b")}, {1});

  CHECK(callgrind_of(maker.profile()).find('[') == std::string::npos);
  CHECK(callgrind_of(maker.profile(), {.call_tree = true}).find("leaf [2/2]") !=
        std::string::npos);
}

}  // namespace
}  // namespace kprofefe::view
