// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "store/profile_id.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kprofefe::store {

/// A profile may have several of one key.
struct Label {
  std::string key;
  std::string value;

  auto operator<=>(const Label&) const = default;
};

/// The sum of the samples of one sample type: `inuse_space`, `bytes`.
struct Total {
  std::string type;
  std::string unit;
  std::int64_t value = 0;

  bool operator==(const Total&) const = default;
};

/// What profiles are kept and found by.
struct Series {
  std::string service;
  std::string type;           ///< profefe's: `heap`, `cpu`, ...
  std::vector<Label> labels;  ///< sorted

  bool operator==(const Series&) const = default;
};

struct NewProfile {
  Series series;
  SystemTime created_at;
  /// Given when the sender did not say it: a second copy of the same bytes is
  /// the same profile whenever it comes.
  bool created_on_arrival = false;
  std::vector<Total> totals;
  std::string body;
};

struct StoredProfile {
  ProfileId id;
  Series series;
  SystemTime created_at;
  std::uint64_t size = 0;  ///< bytes of the body

  bool operator==(const StoredProfile&) const = default;
};

/// Which profiles; both ends of the range count.
struct Query {
  std::string service;
  std::optional<std::string> type;  ///< nothing: all
  std::vector<Label> labels;        ///< a profile has all of these
  SystemTime from;
  SystemTime to;
  std::optional<std::size_t> limit;  ///< the newest so many
};

}  // namespace kprofefe::store
