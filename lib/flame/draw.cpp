// SPDX-License-Identifier: MIT
#include "flame/draw.hpp"

#include "base/choice.hpp"
#include "base/text.hpp"
#include "flame/encode.hpp"
#include "pprof/measurement.hpp"
#include "pprof/prepare.hpp"
#include "view/prepare.hpp"
#include "view/total.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kprofefe::flame {
namespace {

/// More frames of stacks than this take a browser longer to read than a person
/// wants to wait.
constexpr std::size_t k_many_frames = 200'000;

/// Half a pixel, which is the narrowest that a page draws, of 4000.
constexpr double k_seen_share = 0.5 / 4000;

constexpr std::array<std::pair<std::string_view, Format>, 3> k_formats = {
    {{"html", Format::html}, {"svg", Format::svg}, {"folded", Format::folded}}};

/// A unit that does not fit what is shown first would change nothing.
Result<void> check_unit(const view::Prepared& prepared,
                        const std::string& unit) {
  if (unit == "auto" || unit == "minimum" ||
      pprof::are_convertible(prepared.sample_unit, unit)) {
    return {};
  }
  return fail(ErrorKind::usage,
              fmt::format("--unit {}: cannot convert {} from {}", quoted(unit),
                          prepared.sample_type, quoted(prepared.sample_unit)));
}

/// What the filters leave, and what is 100 % of each of its sample types.
struct Filtered {
  view::Prepared prepared;
  std::vector<std::int64_t> totals;
};

Result<Filtered> filter(pprof::Profile profile, const view::Options& options) {
  pprof::prepare(profile, options.names);
  std::vector<std::int64_t> totals = view::totals_of(profile);
  TRY_ASSIGN(view::Prepared prepared,
             view::prepare(std::move(profile), view::ReportKind::raw, options));
  if (options.relative_percentages) {
    totals = view::totals_of(prepared.profile);
  }
  if (!options.show_columns) {
    for (pprof::Line& line : prepared.profile.lines) {
      line.column = 0;
    }
  }
  return Filtered{.prepared = std::move(prepared), .totals = std::move(totals)};
}

Shape shape_of(const DrawRequest& request, const Input& input) {
  if (request.format == Format::folded) {
    return k_folded;
  }
  const std::size_t frames =
      input.profile->frames.size() +
      (input.base == nullptr ? 0 : input.base->frames.size());
  return request.whole_url.empty() || frames < k_many_frames
             ? Shape{}
             : Shape{.min_share = k_seen_share};
}

}  // namespace

Result<Format> parse_format(std::string_view name) {
  return parse_choice(name, k_formats);
}

std::string_view format_name(Format format) {
  return std::ranges::find(k_formats, format,
                           &std::pair<std::string_view, Format>::second)
      ->first;
}

Result<Format> format_of_file(std::string_view path) {
  const auto dot = path.rfind('.');
  Result<Format> format =
      parse_format(dot == std::string_view::npos ? "" : path.substr(dot + 1));
  if (!format) {
    return fail(ErrorKind::usage,
                fmt::format("unknown extension of \"{}\": use .html, .svg "
                            "or .folded",
                            path));
  }
  return format;
}

bool Drawing::write(const Sink& sink) const {
  switch (format_) {
    case Format::folded:
      return render_folded(tree_, profile_, options_, sink);
    case Format::svg:
      return sink(render_svg(tree_, profile_, options_));
    case Format::html:
      break;
  }
  return sink(render_html(tree_, profile_, options_));
}

std::string Drawing::data() const {
  return encode(tree_, profile_, options_);
}

Result<Drawing> draw(pprof::Profile profile, std::optional<pprof::Profile> base,
                     const DrawRequest& request) {
  TRY_ASSIGN(Filtered now, filter(std::move(profile), request.view));
  TRY(check_unit(now.prepared, request.view.unit));
  std::optional<Filtered> before;
  if (base) {
    TRY_ASSIGN(before, filter(*std::move(base), request.view));
  }
  Drawing drawing;
  drawing.format_ = request.format;
  drawing.options_ = {.title = request.title,
                      .sample_index = now.prepared.sample_index,
                      .granularity = request.view.granularity,
                      .unit = request.view.unit,
                      .divide_by = request.view.divide_by,
                      .whole_url = request.whole_url};
  Input input{.profile = &now.prepared.profile,
              .totals = std::move(now.totals)};
  drawing.warnings_ = std::move(now.prepared.warnings);
  if (before) {
    input.base = &before->prepared.profile;
    input.base_totals = std::move(before->totals);
    std::ranges::copy(before->prepared.warnings,
                      std::back_inserter(drawing.warnings_));
  }
  TRY_ASSIGN(drawing.tree_,
             build_tree(input, drawing.options_, shape_of(request, input)));
  drawing.profile_ = std::move(now.prepared.profile);
  return drawing;
}

}  // namespace kprofefe::flame
