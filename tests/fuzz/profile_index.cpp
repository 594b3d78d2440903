// SPDX-License-Identifier: MIT
#include "fuzz_target.hpp"

#include "pprof/index.hpp"

#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  for (const auto& entry : kprofefe::pprof::read_index(html)) {
    if (entry.name.empty() || entry.name.size() > size) {
      std::abort();
    }
  }
  return 0;
}
