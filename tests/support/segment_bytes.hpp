// SPDX-License-Identifier: MIT
#pragma once

#include "store/segment/record.hpp"
#include "store/segment/scanner.hpp"

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::store {

/// Adds a record to a segment in memory.
inline void append_record(std::string& segment, std::uint64_t digest,
                          std::string_view body) {
  const auto start =
      encode_record_start({.digest = digest}, body, segment.size());
  segment += start.value();
  segment += body;
}

/// All that a scanner says of a segment in memory.
inline std::vector<Scanned> scan(std::string_view segment) {
  Scanner scanner(
      [segment](std::uint64_t offset,
                std::span<char> bytes) -> Result<std::size_t> {
        const std::string_view rest =
            offset < segment.size() ? segment.substr(offset) : "";
        return rest.copy(bytes.data(), bytes.size());
      },
      segment.size());
  std::vector<Scanned> all;
  for (;;) {
    auto found = scanner.next();
    if (!found) {
      throw std::runtime_error(found.error().message);
    }
    if (!*found) {
      return all;
    }
    all.push_back(std::move(**found));
  }
}

}  // namespace kprofefe::store
