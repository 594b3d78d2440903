// SPDX-License-Identifier: MIT
#include "view/options.hpp"

namespace kprofefe::view {
namespace {

/// Reports of single functions or of everything would lose what they are
/// asked for.
bool may_trim(ReportKind kind) {
  return kind != ReportKind::peek && kind != ReportKind::list &&
         kind != ReportKind::raw;
}

}  // namespace

Options options_for(ReportKind kind, Options options) {
  constexpr int k_usual_nodes = 80;
  if (options.node_count == -1) {
    options.node_count = kind == ReportKind::top ? 0 : k_usual_nodes;
  }
  if (kind == ReportKind::list) {
    options.granularity = pprof::Granularity::lines;
  }
  if (kind == ReportKind::raw) {
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
