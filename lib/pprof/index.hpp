// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {

/// A profile that a program offers.
struct IndexEntry {
  std::string name;  ///< as kind_name(), or a name of the program's own
  /// Of a snapshot how many stacks or allocations it has been told of; 0 of
  /// what samples over time.
  std::uint64_t count = 0;

  friend bool operator==(const IndexEntry&, const IndexEntry&) = default;
};

/// The profiles in net/http/pprof's page of them, in its order, without what is
/// none (`cmdline`, `symbol`). Reads the pages of every Go version, also after
/// a proxy has rewritten their links: a row is a number and a link with
/// `debug=1`. At most 100; empty when `html` is another page.
std::vector<IndexEntry> read_index(std::string_view html);

}  // namespace kprofefe::pprof
