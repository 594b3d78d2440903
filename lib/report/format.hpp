// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "report/writer.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

namespace kprofefe::report {

/// `-o` of capture and collect.
enum class Format : std::uint8_t {
  table,  ///< for people
  wide,   ///< with service, route and duration
  json,   ///< everything, one object
  name,   ///< paths and URLs of what was stored, one a line
  lines   ///< `<location> type=<type> ...` per profile, as kube-profefe prints
};

/// Errors: usage.
Result<Format> parse_format(std::string_view name);

/// What writes a round's results in that format.
std::unique_ptr<Writer> make_writer(Format format, const Head& head,
                                    Writer::Out out);

}  // namespace kprofefe::report
