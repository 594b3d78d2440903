// SPDX-License-Identifier: MIT
#include "view/options.hpp"

#include "base/number.hpp"

#include <optional>

namespace kprofefe::view {
namespace {

/// The whole text as a number, as Go's strconv.Atoi reads it.
std::optional<std::int64_t> parse_index(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) {
      return std::nullopt;
    }
  }
  return parse_number<std::int64_t>(text);
}

bool needs_addresses(ReportKind kind) {
  return kind == ReportKind::raw || kind == ReportKind::proto ||
         kind == ReportKind::callgrind;
}

/// Reports of single functions or of everything would lose what they are
/// asked for.
bool may_trim(ReportKind kind) {
  return kind != ReportKind::peek && kind != ReportKind::list &&
         !needs_addresses(kind);
}

}  // namespace

SampleIndex parse_sample_index(std::string_view text) {
  if (text.empty()) {
    return std::monostate();
  }
  if (const auto number = parse_index(text)) {
    return *number;
  }
  return std::string(text);
}

Options options_for(ReportKind kind, Options options) {
  constexpr int k_usual_nodes = 80;
  if (options.node_count == -1) {
    const bool has_all =
        kind == ReportKind::top || kind == ReportKind::top_proto;
    options.node_count = has_all ? 0 : k_usual_nodes;
  }
  // As pprof (report.newTrimmedGraph): text takes it and is not changed by it.
  options.call_tree &= kind == ReportKind::dot || kind == ReportKind::svg ||
                       kind == ReportKind::callgrind;
  if (kind == ReportKind::list) {
    options.granularity = pprof::Granularity::lines;
  }
  if (needs_addresses(kind)) {
    options.granularity = pprof::Granularity::addresses;
  }
  if (!options.trim || !may_trim(kind)) {
    options.trim = false;
    options.node_count = 0;
    options.node_fraction = 0;
    options.edge_fraction = 0;
  }
  return options;
}

}  // namespace kprofefe::view
