// SPDX-License-Identifier: MIT
#include "fuzz_target.hpp"
#include "profile_input.hpp"

#include "pprof/demangle.hpp"

#include <array>
#include <string>

namespace {

using kprofefe::pprof::NameStyle;

constexpr std::array<const char*, 5> k_prefixes = {"", "_Z", "_ZN", "_R",
                                                   "_ZZN1A1fEvENKUl"};

}  // namespace

/// A symbol, behind the prefix that the first byte says, as each style has it:
/// within bounds, and the same when it is asked for again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const Input input =
      cut_input(data, size, [](std::size_t) { return std::size_t{0}; });
  const std::string symbol =
      k_prefixes.at(input.first % k_prefixes.size()) + std::string(input.tail);
  for (const NameStyle style :
       {NameStyle::simple, NameStyle::templates, NameStyle::full}) {
    const auto name = kprofefe::pprof::demangle(symbol, style);
    check(!name || name->size() < (1U << 17) + 128 * symbol.size());
    check(name == kprofefe::pprof::demangle(symbol, style));
  }
  return 0;
}
