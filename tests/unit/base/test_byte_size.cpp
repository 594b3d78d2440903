// SPDX-License-Identifier: MIT
#include "base/byte_size.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string_view>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("byte sizes");

TEST_CASE("format_bytes has two or three digits") {
  constexpr std::size_t k_kb = 1024;
  constexpr std::size_t k_mb = k_kb * 1024;

  struct Row {
    std::size_t bytes;
    std::string_view text;
  };

  for (const Row& row :
       {Row{0, "0 B"}, Row{1, "1 B"}, Row{999, "999 B"}, Row{1000, "1.0 KB"},
        Row{1024, "1.0 KB"}, Row{1536, "1.5 KB"}, Row{10 * k_kb, "10 KB"},
        Row{10 * k_kb - 1, "10 KB"}, Row{109 * k_kb, "109 KB"},
        Row{999 * k_kb, "999 KB"}, Row{1000 * k_kb, "1.0 MB"},
        Row{1'258'291, "1.2 MB"}, Row{64 * k_mb, "64 MB"},
        Row{1000 * k_mb, "1.0 GB"}, Row{5000 * k_mb * 1024, "4.9 TB"},
        Row{std::numeric_limits<std::size_t>::max(), "16777216 TB"}}) {
    CAPTURE(row.bytes);
    CHECK(format_bytes(row.bytes) == row.text);
  }
}

TEST_CASE("parse_bytes reads sizes in powers of 1024") {
  struct Row {
    std::string_view text;
    std::size_t bytes;
  };

  for (const Row& row :
       {Row{"1", 1}, Row{"1000", 1000}, Row{"12B", 12}, Row{"512k", 524'288},
        Row{"512K", 524'288}, Row{"1kb", 1024}, Row{"1Ki", 1024},
        Row{"1KiB", 1024}, Row{"10MB", 10'485'760}, Row{"64MiB", 67'108'864},
        Row{"64 MiB", 67'108'864}, Row{"1.5Gi", 1'610'612'736},
        Row{"0.5k", 512}, Row{"2g", 2'147'483'648},
        Row{"1T", 1'099'511'627'776}}) {
    CAPTURE(row.text);
    const Result<std::size_t> bytes = parse_bytes(row.text);
    REQUIRE(bytes);
    CHECK(*bytes == row.bytes);
  }
}

TEST_CASE("parse_bytes reads what format_bytes writes, to its precision") {
  for (const std::size_t bytes :
       {std::size_t{1}, std::size_t{999}, std::size_t{2048},
        std::size_t{109} << 10, std::size_t{64} << 20}) {
    CHECK(parse_bytes(format_bytes(bytes)) == bytes);
  }
}

TEST_CASE("what is no size is a usage error that quotes it") {
  for (const std::string_view text : {"",
                                      " ",
                                      "k",
                                      "MiB",
                                      "0",
                                      "0MB",
                                      "-1",
                                      "-1k",
                                      "+1",
                                      "1x",
                                      "1kk",
                                      "1ib",
                                      "1i",
                                      "1 2",
                                      "1,5k",
                                      "1e3",
                                      "0x10",
                                      "inf",
                                      "nan",
                                      "1MBs",
                                      "0.1",
                                      "99999999T",
                                      "99999999999999999999999999"}) {
    CAPTURE(text);
    const Result<std::size_t> bytes = parse_bytes(text);
    REQUIRE_FALSE(bytes);
    CHECK(bytes.error().kind == ErrorKind::usage);
    CHECK(bytes.error().message == "invalid size \"" + std::string(text) +
                                       "\": use 512k, 10MB or 64MiB");
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
