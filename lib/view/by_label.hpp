// SPDX-License-Identifier: MIT
#pragma once

#include "view/prepare.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::view {

/// The samples with one value of a label.
struct LabelValue {
  std::string text;
  std::int64_t total = 0;
};

/// What the values of a label have of the total, the largest first.
struct ByLabel {
  std::string key;
  ValueFormat format;
  std::int64_t total = 0;  ///< 100 %
  std::vector<LabelValue> values;
};

/// Samples without the label are counted under an empty text. Errors:
/// not_found, with the labels there are, when no sample has it.
Result<ByLabel> by_label(const Prepared& prepared, std::string_view key);

/// A row for each value: what it has of the total, its share, the value.
std::string render_text(const ByLabel& report);

}  // namespace kprofefe::view
