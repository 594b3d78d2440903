// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace kprofefe::profefe {

/// What a profile is stored and found by, beside service and type; sorted by
/// key, so that the same labels always make the same URL. A key is not empty.
using Labels = std::map<std::string, std::string, std::less<>>;

/// `key=value,key=value`, each key and value percent-encoded: profefe decodes
/// them on their own, after the query (pkg/profile, Labels.FromString). As a
/// query value the text is therefore encoded a second time.
std::string labels_text(const Labels& labels);

/// Reads `key=value` as `--label` takes it; the value may be empty and may
/// hold `=`. A key given twice keeps its last value. Errors: usage (no `=`, or
/// an empty key, which profefe drops silently).
Result<Labels> parse_labels(std::span<const std::string> flags);

}  // namespace kprofefe::profefe
