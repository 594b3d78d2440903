// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/profile.hpp"
#include "pprof/wire/id_map.hpp"
#include "pprof/wire/raw_profile.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::pprof {

/// What the steps from a raw to a resolved profile share.
struct Resolving {
  const RawProfile& raw;
  Profile& profile;
  /// The first thing that is wrong with what the message says: a sentence.
  std::string problem;

  /// The string with that number in the message's table; when there is none,
  /// that is the problem.
  StringId string(std::uint64_t index) {
    if (index < raw.string_ids.size()) {
      return raw.string_ids[index];
    }
    no_string(index);
    return 0;
  }

  /// Each returns false, and keeps the problem if it is the first.
  bool complain(std::string_view what);
  bool complain_of_size(std::string_view what);

 private:
  bool keep(std::string sentence);
  void no_string(std::uint64_t index);
};

/// Reads the mappings, functions and locations. The ids of the locations go
/// into `locations`. False, or an error, when something is wrong.
Result<void> resolve_symbols(Resolving& state, IdMap& locations);

/// Reads the samples, which name locations by id.
Result<void> resolve_samples(Resolving& state, const IdMap& locations,
                             const ReadLimits& limits);

}  // namespace kprofefe::pprof
