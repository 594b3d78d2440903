// SPDX-License-Identifier: MIT
#include "view/about.hpp"

#include "pprof/sample_labels.hpp"
#include "view/text/header.hpp"

namespace kprofefe::view {

About about(const Prepared& prepared) {
  const pprof::Profile& profile = prepared.profile;
  About about{.time_nanos = profile.time_nanos,
              .duration_nanos = profile.duration_nanos,
              .comments = {},
              .pods = pprof::pods_of(profile),
              .filters = prepared.active_filters};
  for (const pprof::StringId comment : profile.comments) {
    about.comments.emplace_back(profile.strings.at(comment));
  }
  return about;
}

std::vector<std::string> describe(const Prepared& prepared) {
  return profile_header(prepared, prepared.format());
}

}  // namespace kprofefe::view
