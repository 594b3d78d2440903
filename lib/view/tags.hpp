// SPDX-License-Identifier: MIT
#pragma once

#include "view/prepare.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::view {

struct TagValue {
  std::string text;
  std::int64_t value = 0;  ///< of the samples that have it
};

struct Tag {
  std::string key;
  std::int64_t value = 0;  ///< of the samples that have the key
  std::vector<TagValue> values;
};

/// The labels of the samples.
struct TagsReport {
  ValueFormat format;
  std::int64_t total = 0;  ///< 100 %
  std::vector<Tag> tags;
};

TagsReport tags(const Prepared& prepared);

/// What `go tool pprof -tags` prints.
std::string render_text(const TagsReport& report);

}  // namespace kprofefe::view
