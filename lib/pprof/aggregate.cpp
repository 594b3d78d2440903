// SPDX-License-Identifier: MIT
#include "pprof/aggregate.hpp"

#include <algorithm>

namespace kprofefe::pprof {
namespace {

/// What is kept of a frame.
struct Kept {
  bool functions = true;
  bool files = false;
  bool lines = false;
  bool addresses = false;
};

Kept kept_by(Granularity granularity) {
  switch (granularity) {
    case Granularity::functions:
      return {};
    case Granularity::filefunctions:
      return {.files = true};
    case Granularity::files:
      return {.functions = false, .files = true};
    case Granularity::lines:
      return {.files = true, .lines = true};
    case Granularity::addresses:
      break;
  }
  return {.files = true, .lines = true, .addresses = true};
}

void forget_names(Profile& profile, const Kept& kept) {
  for (Function& function : profile.functions) {
    if (!kept.functions) {
      function.name = 0;
      function.system_name = 0;
    }
    if (!kept.files) {
      function.file = 0;
    }
  }
}

void forget_places(Profile& profile, const Kept& kept, bool columns) {
  for (Line& line : profile.lines) {
    line.line = kept.lines ? line.line : 0;
    line.column = kept.lines && columns ? line.column : 0;
  }
  if (!kept.addresses) {
    for (Location& location : profile.locations) {
      location.address = 0;
    }
  }
}

/// The last line is the function into which the others were inlined.
void forget_inlined(Profile& profile) {
  for (Location& location : profile.locations) {
    if (location.line_count > 1) {
      location.first_line += location.line_count - 1;
      location.line_count = 1;
    }
  }
}

}  // namespace

void aggregate(Profile& profile, const AggregateOptions& options) {
  if (options.granularity == Granularity::addresses && !options.no_inlines) {
    return;
  }
  const Kept kept = kept_by(options.granularity);
  for (Mapping& mapping : profile.mappings) {
    mapping.has_inline_frames &= !options.no_inlines;
    mapping.has_functions &= kept.functions;
    mapping.has_filenames &= kept.files;
    mapping.has_line_numbers &= kept.lines;
  }
  forget_names(profile, kept);
  forget_places(profile, kept, options.columns);
  if (options.no_inlines) {
    forget_inlined(profile);
  }
}

}  // namespace kprofefe::pprof
