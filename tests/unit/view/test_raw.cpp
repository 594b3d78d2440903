// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "view/raw.hpp"

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

TEST_CASE("raw is what go tool pprof -raw prints") {
  use_zone("UTC");
  CHECK(text_of(write_raw, prepared_for(ReportKind::raw)) ==
        R"(PeriodType: cpu nanoseconds
Period: 10000000
Time: 2025-11-24 16:00:00.25 +0000 UTC
Duration: 2.01
Samples:
samples/count cpu/nanoseconds
         50  500000000: 4 2 1 
                endpoint:[/users]
                bytes:[2048 bytes]
         25  250000000: 3 3 2 1 
                endpoint:[/orders]
         14  140000000: 2 1 
                endpoint:[/orders]
         10  100000000: 5 
          1    1000000: 6 5 
Locations
     1: 0x401000 M=1 main.main /src/main.main.go:7:0 s=0
     2: 0x401010 M=1 main.handle /src/main.handle.go:7:0 s=0
     3: 0x401020 M=1 json.parse /src/json.parse.go:7:0 s=0
     4: 0x402000 M=1 json.scan /src/json/scan.go:40:0 s=30
             json.parse /src/json/parse.go:12:0 s=10
     5: 0x401040 M=1 runtime.gc /src/runtime.gc.go:7:0 s=0
     6: 0x401050 M=1 runtime.noise /src/runtime.noise.go:7:0 s=0
Mappings
1: 0x400000/0x500000/0x0 /usr/bin/server abc123 [FN][FL][LN][IN]
)");
}

TEST_CASE("raw shows everything that a profile can say") {
  ProfileMaker maker("objects/count space/bytes");
  pprof::Profile& profile = maker.profile();
  profile.comments = {maker.add("hello")};
  profile.doc_url = maker.add("https://doc");
  profile.default_sample_type = maker.add("space");
  const auto known = maker.location(0x10, {{"f", "f.go", 2, 1}});
  profile.functions[0].system_name = maker.add("_f");
  profile.lines[0].column = 3;
  profile.locations[0].is_folded = true;
  const auto unknown = maker.location(0x20, {});
  profile.locations[1].mapping = pprof::k_none;
  profile.mappings[0] = {.file = maker.add("lib")};
  maker.sample({unknown, known}, {-1, 2});
  maker.label("b", "1").label("b", "2").label("c", "x");
  maker.number("n", 5).number("n", 6).number("u", 1, "kb").number("u", 2);

  CHECK(text_of(write_raw, prepared_for(ReportKind::raw, {}, profile)) ==
        R"(Comment: hello
Doc: https://doc
PeriodType:  
Period: 0
Samples:
objects/count space/bytes[dflt]
         -1          2: 2 1 
                b:[1 2] c:[x]
                n:[5 6] u:[1 kb 2 ]
Locations
     1: 0x10 M=1 [F] f f.go:2:3 s=1(_f)
     2: 0x20 
Mappings
1: 0x0/0x0/0x0 lib  
)");
}

TEST_CASE("raw calls locations and mappings as their file does") {
  ProfileMaker maker("objects/count");
  maker.sample({maker.location(0x10, {}), maker.location(0x20, {})}, {1});
  maker.profile().location_ids = {7, 300};
  maker.profile().mapping_ids = {4};

  const std::string text =
      text_of(write_raw, prepared_for(ReportKind::raw, {}, maker.profile()));

  CHECK(text.find("          1: 7 300 \n") != std::string::npos);
  CHECK(text.find("     7: 0x10 M=4 \n   300: 0x20 M=4 \nMappings\n4: ") !=
        std::string::npos);
}

}  // namespace
}  // namespace kprofefe::view
