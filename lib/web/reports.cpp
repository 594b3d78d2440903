// SPDX-License-Identifier: MIT
#include "web/reports.hpp"

#include "base/arithmetic.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "flame/draw.hpp"
#include "pprof/diff.hpp"
#include "pprof/prepare.hpp"
#include "pprof/regex.hpp"
#include "pprof/write.hpp"
#include "view/list.hpp"
#include "view/tags.hpp"
#include "view/top.hpp"
#include "view/traces.hpp"
#include "view/tree.hpp"
#include "web/graph_json.hpp"
#include "web/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace kprofefe::web {
namespace {

using nlohmann::ordered_json;
using view::Prepared;
using view::ReportKind;

/// A page that is scrolled for longer than this is read by nobody.
constexpr std::size_t k_most_text = std::size_t{4} << 20;

Document json_document(const ordered_json& json) {
  return {.type = "application/json", .body = to_text(json), .file_name = ""};
}

Document text_document(std::string text) {
  return {.type = "text/plain; charset=utf-8",
          .body = std::move(text),
          .file_name = ""};
}

/// As much as a page shows, and which command has the rest.
std::string beginning_of(std::string_view command, const Producer& produce) {
  std::string text;
  const bool is_whole = produce([&text](std::string_view piece) {
    text += piece;
    return text.size() < k_most_text;
  });
  if (!is_whole) {
    text.resize(std::min(text.size(), k_most_text));
    text += fmt::format(
        "\n... and more: `kubectl profefe {}` prints all of it\n", command);
  }
  return text;
}

/// The profile, less its base, prepared for that report.
Result<Prepared> prepare(const ReportInput& input, ReportKind kind) {
  pprof::Profile profile = *input.profile;
  if (input.base != nullptr) {
    TRY_ASSIGN(profile, pprof::diff(std::move(profile), *input.base,
                                    {.label_base = true,
                                     .normalize = input.query.normalize}));
  }
  pprof::prepare(profile, input.query.options.names);
  return view::prepare(std::move(profile), kind, input.query.options);
}

ordered_json lines_of(const std::vector<std::string>& lines) {
  ordered_json list = ordered_json::array();
  for (const std::string& line : lines) {
    list.push_back(line);
  }
  return list;
}

Result<Document> make_top(const ReportInput& input) {
  TRY_ASSIGN(const Prepared prepared, prepare(input, ReportKind::top));
  const view::TopReport report = view::top(prepared);
  ordered_json rows = ordered_json::array();
  std::int64_t sum = 0;
  for (const view::TopRow& row : report.rows) {
    sum = sum_of(sum, row.flat);
    rows.push_back(
        {{"name", row.name},
         {"inlined", row.inlined},
         {"flat", row.flat},
         {"flat_text", report.format(row.flat)},
         {"flat_percent", view::rounded_percent(row.flat, report.total)},
         {"sum_percent", view::rounded_percent(sum, report.total)},
         {"cum", row.cum},
         {"cum_text", report.format(row.cum)},
         {"cum_percent", view::rounded_percent(row.cum, report.total)}});
  }
  return json_document({{"sample_type", report.sample_type},
                        {"unit", report.format.from},
                        {"header", lines_of(report.header)},
                        {"total", report.total},
                        {"total_text", report.format(report.total)},
                        {"shown", report.shown},
                        {"dropped_rows", report.dropped_rows},
                        {"more_rows", report.more_rows},
                        {"rows", std::move(rows)},
                        {"warnings", lines_of(prepared.warnings)}});
}

Result<Document> make_peek(const ReportInput& input) {
  TRY_ASSIGN(const pprof::Regex names,
             pprof::Regex::compile(input.query.regex));
  TRY_ASSIGN(const Prepared prepared, prepare(input, ReportKind::peek));
  TRY_ASSIGN(const view::TreeReport report, view::peek(prepared, names));
  return text_document(beginning_of("peek", [&report](const Sink& sink) {
    return view::write_text(report, sink);
  }));
}

Result<Document> make_source(const ReportInput& input) {
  TRY_ASSIGN(const pprof::Regex names,
             pprof::Regex::compile(input.query.regex));
  TRY_ASSIGN(const Prepared prepared, prepare(input, ReportKind::list));
  TRY_ASSIGN(const view::ListReport report, view::list(prepared, names));
  ordered_json routines = ordered_json::array();
  for (const view::Routine& routine : report.routines) {
    ordered_json lines = ordered_json::array();
    for (const view::SourceLine& line : routine.lines) {
      lines.push_back({{"number", line.number},
                       {"text", line.text},
                       {"flat", line.flat},
                       {"flat_text", report.format(line.flat)},
                       {"cum", line.cum},
                       {"cum_text", report.format(line.cum)}});
    }
    routines.push_back({{"name", routine.name},
                        {"file", routine.file},
                        {"flat_text", report.format(routine.flat)},
                        {"cum_text", report.format(routine.cum)},
                        {"error", routine.error},
                        {"lines", std::move(lines)}});
  }
  return json_document({{"total_text", report.format(report.total)},
                        {"routines", std::move(routines)},
                        {"warnings", lines_of(prepared.warnings)}});
}

Result<Document> make_tags(const ReportInput& input) {
  TRY_ASSIGN(const Prepared prepared, prepare(input, ReportKind::tags));
  const view::TagsReport report = view::tags(prepared);
  ordered_json tags = ordered_json::array();
  for (const view::Tag& tag : report.tags) {
    ordered_json values = ordered_json::array();
    for (const view::TagValue& value : tag.values) {
      values.push_back(
          {{"text", value.text},
           {"value_text", report.format(value.value)},
           {"percent", view::rounded_percent(value.value, report.total)}});
    }
    tags.push_back({{"key", tag.key},
                    {"value_text", report.format(tag.value)},
                    {"percent", view::rounded_percent(tag.value, report.total)},
                    {"values", std::move(values)}});
  }
  return json_document({{"total_text", report.format(report.total)},
                        {"tags", std::move(tags)},
                        {"warnings", lines_of(prepared.warnings)}});
}

Result<Document> make_traces(const ReportInput& input) {
  TRY_ASSIGN(const Prepared prepared, prepare(input, ReportKind::traces));
  return text_document(beginning_of("traces", [&prepared](const Sink& sink) {
    return view::write_traces(prepared, sink);
  }));
}

/// A still picture shows the stacks of the functions that were asked for; the
/// page itself puts those in the middle.
Result<flame::Drawing> draw_flame(const ReportInput& input,
                                  flame::Format format,
                                  const std::string& whole_url = "") {
  pprof::Profile profile = *input.profile;
  std::optional<pprof::Profile> base;
  if (input.base != nullptr) {
    base = *input.base;
    TRY(pprof::make_comparable(profile, *base, input.query.normalize));
  }
  view::Options options = input.query.options;
  if (options.filters.focus.empty() && format != flame::Format::html) {
    options.filters.focus = input.query.regex;
  }
  if (options.unit == "minimum") {
    options.unit = "auto";
  }
  return flame::draw(std::move(profile), std::move(base),
                     {.format = format,
                      .view = std::move(options),
                      .title = input.title,
                      .whole_url = whole_url});
}

Result<std::string> write_flame(const ReportInput& input, flame::Format format,
                                const std::string& whole_url = "") {
  TRY_ASSIGN(const flame::Drawing drawing,
             draw_flame(input, format, whole_url));
  std::string text;
  const auto append = [&text](std::string_view piece) {
    text += piece;
    return true;
  };
  if (!drawing.write(append)) {
    return fail(ErrorKind::io, "the picture could not be written");
  }
  return text;
}

Document flame_document(std::string page) {
  // The page has a policy of its own, by the hashes of its script and style.
  return {.type = "text/html; charset=utf-8",
          .body = std::move(page),
          .file_name = "",
          .policy = "frame-ancestors 'self'"};
}

Result<Document> make_flame(const ReportInput& input) {
  TRY_ASSIGN(std::string page,
             write_flame(input, flame::Format::html, input.flame_data_url));
  return flame_document(std::move(page));
}

/// A page that is kept has everything in it.
Result<Document> make_whole_flame(const ReportInput& input) {
  TRY_ASSIGN(std::string page, write_flame(input, flame::Format::html));
  return flame_document(std::move(page));
}

Result<Document> make_flame_data(const ReportInput& input) {
  TRY_ASSIGN(const flame::Drawing drawing,
             draw_flame(input, flame::Format::html));
  return Document{.type = "application/octet-stream",
                  .body = drawing.data(),
                  .file_name = ""};
}

Result<Document> make_graph(const ReportInput& input) {
  TRY_ASSIGN(const Prepared prepared, prepare(input, ReportKind::dot));
  return json_document(to_json(view::dot(prepared), prepared.warnings));
}

Result<Document> make_text(const ReportInput& input) {
  TRY_ASSIGN(const Prepared prepared, prepare(input, ReportKind::top));
  return text_document(view::render_text(view::top(prepared)));
}

Result<Document> make_dot(const ReportInput& input) {
  TRY_ASSIGN(const Prepared prepared, prepare(input, ReportKind::dot));
  return text_document(view::render_text(view::dot(prepared)));
}

/// As pprof: all of it, whatever the filters.
Result<Document> make_profile(const ReportInput& input) {
  return Document{.type = "application/vnd.google.protobuf+gzip",
                  .body = pprof::write_profile(*input.profile),
                  .file_name = ""};
}

template <flame::Format Form>
Result<Document> make_picture(const ReportInput& input) {
  TRY_ASSIGN(std::string picture, write_flame(input, Form));
  return Document{.type = Form == flame::Format::svg
                              ? "image/svg+xml"
                              : "text/plain; charset=utf-8",
                  .body = std::move(picture),
                  .file_name = ""};
}

struct Maker {
  std::string_view name;
  Result<Document> (*make)(const ReportInput& input);
};

constexpr auto k_reports = std::to_array<Maker>({
    {"top", make_top},
    {"graph", make_graph},
    {"flame.html", make_flame},
    {"flame.data", make_flame_data},
    {"peek", make_peek},
    {"source", make_source},
    {"tags", make_tags},
    {"traces", make_traces},
});

constexpr auto k_downloads = std::to_array<Maker>({
    {"pb.gz", make_profile},
    {"svg", make_picture<flame::Format::svg>},
    {"html", make_whole_flame},
    {"folded", make_picture<flame::Format::folded>},
    {"text", make_text},
    {"dot", make_dot},
});

}  // namespace

Result<Document> make_report(std::string_view name, const ReportInput& input) {
  const auto* const maker = std::ranges::find(k_reports, name, &Maker::name);
  if (maker == k_reports.end()) {
    return fail(ErrorKind::not_found,
                fmt::format("no report \"{}\"", one_line(name)));
  }
  return maker->make(input);
}

Result<Document> make_download(std::string_view format,
                               const ReportInput& input) {
  const auto* const maker =
      std::ranges::find(k_downloads, format, &Maker::name);
  if (maker == k_downloads.end()) {
    return fail(ErrorKind::usage,
                fmt::format("unknown format \"{}\"", one_line(format)));
  }
  TRY_ASSIGN(Document document, maker->make(input));
  document.file_name =
      format == "text" ? "profile.txt" : fmt::format("profile.{}", format);
  return document;
}

}  // namespace kprofefe::web
