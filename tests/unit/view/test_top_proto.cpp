// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "view/top_proto.hpp"

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

std::vector<std::int64_t> values_of(const pprof::Profile& profile,
                                    std::size_t sample) {
  const auto values = profile.values_of(sample);
  return {values.begin(), values.end()};
}

TEST_CASE("top_profile has a sample for each row, in the unit of the report") {
  const pprof::Profile profile =
      top_profile(prepared_for(ReportKind::top_proto));
  const auto text = [&](pprof::StringId id) { return profile.strings.at(id); };

  REQUIRE(profile.sample_types.size() == 2);
  CHECK(text(profile.sample_types[0].type) == "cum");
  CHECK(text(profile.sample_types[1].type) == "flat");
  CHECK(text(profile.sample_types[1].unit) == "ms");
  CHECK(profile.time_nanos == 1'764'000'000'250'000'000);
  CHECK(profile.period == 10'000'000);
  REQUIRE(profile.samples.size() == 5);
  CHECK(values_of(profile, 0) == std::vector<std::int64_t>{500, 500});
  CHECK(values_of(profile, 1) == std::vector<std::int64_t>{750, 250});
  const pprof::Location& second =
      profile.locations[profile.frames_of(profile.samples[1]).front()];
  const pprof::Line& line = profile.lines_of(second).front();
  CHECK(text(profile.functions[line.function].name) == "json.parse");
}

TEST_CASE("rows of one function share it") {
  ProfileMaker maker("samples/count");
  maker.sample({maker.location(1, {{"f", "f.go", 1}})}, {1});
  maker.sample({maker.location(2, {{"f", "f.go", 2}})}, {2});
  const pprof::Profile profile = top_profile(prepared_for(
      ReportKind::top_proto, {.granularity = pprof::Granularity::lines},
      maker.profile()));

  CHECK(profile.samples.size() == 2);
  CHECK(profile.functions.size() == 1);
}

}  // namespace
}  // namespace kprofefe::view
