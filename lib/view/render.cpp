// SPDX-License-Identifier: MIT
#include "view/render.hpp"

#include "pprof/regex.hpp"
#include "pprof/write.hpp"
#include "view/callgrind.hpp"
#include "view/comments.hpp"
#include "view/dot.hpp"
#include "view/list.hpp"
#include "view/raw.hpp"
#include "view/svg.hpp"
#include "view/tags.hpp"
#include "view/top.hpp"
#include "view/top_proto.hpp"
#include "view/traces.hpp"
#include "view/tree.hpp"

#include <utility>

namespace kprofefe::view {
namespace {

Result<Producer> render_peek(const Prepared& prepared,
                             const std::string& names) {
  TRY_ASSIGN(const pprof::Regex regex, pprof::Regex::compile(names));
  TRY_ASSIGN(const TreeReport report, peek(prepared, regex));
  return produce_text(render_text(report));
}

Result<Producer> render_list(const Prepared& prepared,
                             const std::string& names) {
  TRY_ASSIGN(const pprof::Regex regex, pprof::Regex::compile(names));
  TRY_ASSIGN(const ListReport report, list(prepared, regex));
  return produce_text(render_text(report));
}

/// Of a report that may be more than memory holds.
Producer produce(bool (*write)(const Prepared&, const Sink&),
                 const Prepared& prepared) {
  return [write, &prepared](const Sink& sink) { return write(prepared, sink); };
}

}  // namespace

Result<Producer> render(const Prepared& prepared, ReportKind kind,
                        const std::string& names) {
  using enum ReportKind;
  switch (kind) {
    case top:
      return produce_text(render_text(view::top(prepared)));
    case tree:
      return produce_text(render_text(view::tree(prepared)));
    case peek:
      return render_peek(prepared, names);
    case tags:
      return produce_text(render_text(view::tags(prepared)));
    case raw:
      return produce(write_raw, prepared);
    case traces:
      return produce(write_traces, prepared);
    case list:
      return render_list(prepared, names);
    case dot:
      return produce_text(render_text(view::dot(prepared)));
    case svg:
      return produce_text(render_svg(view::dot(prepared)));
    case callgrind:
      return produce(write_callgrind, prepared);
    case proto:
      return produce_text(pprof::write_profile(prepared.profile));
    case top_proto:
      return produce_text(pprof::write_profile(top_profile(prepared)));
    case comments:
      break;
  }
  return produce_text(render_comments(prepared));
}

Producer produce_text(std::string text) {
  return [text = std::move(text)](const Sink& sink) { return sink(text); };
}

}  // namespace kprofefe::view
