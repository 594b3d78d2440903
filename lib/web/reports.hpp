// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/profile.hpp"
#include "web/parameters.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace kprofefe::web {

/// What a report is made of. The profiles are shared and not changed.
struct ReportInput {
  std::shared_ptr<const pprof::Profile> profile;
  std::shared_ptr<const pprof::Profile> base;  ///< null: nothing to compare
  ViewQuery query;
  std::string title;  ///< for people
  /// Where the page finds `flame.data` of the same profiles and options.
  std::string flame_data_url;
};

/// A document and what it is.
struct Document {
  std::string type;  ///< `application/json`
  std::string body;
  std::string file_name;  ///< of a download; empty: to be shown
  /// Its Content-Security-Policy; empty: that of everything else.
  std::string policy;
};

// Pure and without shared state: each may run on any thread. Errors: usage (an
// expression, a sample index, profiles that cannot be compared), not_found (no
// function matches).

/// One of `top`, `graph`, `peek`, `source`, `tags`, `traces`, `flame.html`, and
/// `flame.data`, which is what a large flame.html asks for. Errors also:
/// not_found, when there is no such report.
Result<Document> make_report(std::string_view name, const ReportInput& input);

/// The profile as a file: `pb.gz` as it is, `svg`, `html` and `folded` as flame
/// graphs, `text`, `dot`. Errors also: usage, when it is none of these.
Result<Document> make_download(std::string_view format,
                               const ReportInput& input);

}  // namespace kprofefe::web
