// SPDX-License-Identifier: MIT
#include "fuzz_target.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

TEST_CASE("nothing in the corpus breaks the fuzz target") {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(PROFEFE_CORPUS)) {
    CAPTURE(entry.path());
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    CHECK(LLVMFuzzerTestOneInput(
              reinterpret_cast<const std::uint8_t*>(bytes.data()),
              bytes.size()) == 0);
    ++files;
  }
  CHECK(files > 0);
}
