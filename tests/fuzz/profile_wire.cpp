// SPDX-License-Identifier: MIT
#include "fuzz_target.hpp"
#include "profile_input.hpp"

#include "pprof/write.hpp"

#include <string>

/// A message that can be read is written and read again: nothing changes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace kprofefe::pprof;
  const auto profile =
      read_profile({reinterpret_cast<const char*>(data), size}, k_limits);
  if (!profile) {
    check(profile.error().message.size() >= 10);  // a refusal says why
    return 0;
  }
  const std::string written = encode_profile(*profile);
  const auto again = read_profile(written, k_limits);
  check(again && encode_profile(*again) == written);
  return 0;
}
