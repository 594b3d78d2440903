// SPDX-License-Identifier: MIT
#include "view/text/about_json.hpp"

#include "base/moment.hpp"

#include <nlohmann/json.hpp>

#include <chrono>

namespace kprofefe::view {

void add_about(nlohmann::ordered_json& document, const About& about) {
  const auto time = std::chrono::duration_cast<SystemTime::duration>(
      std::chrono::nanoseconds(about.time_nanos));
  document["time"] =
      about.time_nanos == 0
          ? nlohmann::ordered_json()
          : nlohmann::ordered_json(format_rfc3339(SystemTime(time)));
  document["duration_nanos"] =
      about.duration_nanos == 0 ? nlohmann::ordered_json()
                                : nlohmann::ordered_json(about.duration_nanos);
  document["comments"] = about.comments;
  document["pods"] = about.pods;
  document["filters"] = about.filters;
}

}  // namespace kprofefe::view
