// SPDX-License-Identifier: MIT
#pragma once

#include "view/about.hpp"
#include "view/by_label.hpp"
#include "view/prepare.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::view {

struct TopRow {
  std::string name;
  std::string_view inlined;  ///< "", `(inline)` or `(partial-inline)`
  std::int64_t flat = 0;     ///< spent in it
  std::int64_t cum = 0;      ///< and in what it calls
};

/// What is hot.
struct TopReport {
  std::vector<std::string> header;  ///< lines
  std::string sample_type;
  ValueFormat format;
  std::int64_t total = 0;        ///< 100 %
  std::int64_t shown = 0;        ///< the flat values of all rows together
  std::size_t dropped_rows = 0;  ///< below node_fraction
  std::size_t more_rows = 0;     ///< beyond node_count
  std::vector<TopRow> rows;
  std::optional<ByLabel> by;  ///< shown before the rows
  About about;
};

TopReport top(const Prepared& prepared);

/// What `go tool pprof -top` prints.
std::string render_text(const TopReport& report);

/// One object: `sample_type`, `unit` (of all values), `total`, `shown`,
/// `dropped_rows`, `more_rows`, `rows`: [{`name`, `inlined` (absent, "inline"
/// or "partial-inline"), `flat`, `flat_percent`, `sum_percent`, `cum`,
/// `cum_percent`}]. Values are the profile's own integers, percentages
/// numbers of two decimals, of `total`, with their sign. With `by` also `by`:
/// {`label`, `values`: [{`value`, `total`, `percent`}]}. And what it is of:
/// `time`, `duration_nanos`, `comments`, `pods`, `filters`.
std::string render_json(const TopReport& report);

/// RFC 4180, with a header line `flat,flat_percent,sum_percent,cum,
/// cum_percent,unit,function`; values as in JSON.
std::string render_csv(const TopReport& report);

}  // namespace kprofefe::view
