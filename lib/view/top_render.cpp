// SPDX-License-Identifier: MIT
#include "base/arithmetic.hpp"
#include "base/json_escape.hpp"
#include "view/text/about_json.hpp"
#include "view/top.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iterator>

namespace kprofefe::view {
namespace {

/// `name`, in quotes where RFC 4180 wants them.
std::string csv_field(std::string_view text) {
  if (text.find_first_of("\",\r\n") == std::string_view::npos) {
    return std::string(text);
  }
  std::string quoted = "\"";
  for (const char c : text) {
    quoted.append(c == '"' ? 2 : 1, c);
  }
  return quoted + '"';
}

nlohmann::ordered_json to_json(const ByLabel& report) {
  nlohmann::ordered_json values = nlohmann::ordered_json::array();
  for (const LabelValue& value : report.values) {
    values.push_back({{"value", value.text},
                      {"total", value.total},
                      {"percent", rounded_percent(value.total, report.total)}});
  }
  return {{"label", report.key}, {"values", std::move(values)}};
}

/// `(inline)` as JSON has it.
std::string_view bare(std::string_view inlined) {
  return inlined.substr(1, inlined.size() - 2);
}

}  // namespace

std::string render_text(const TopReport& report) {
  std::string text = fmt::format("{}\n", fmt::join(report.header, "\n"));
  if (report.by) {
    text += render_text(*report.by) + "\n";
  }
  fmt::format_to(std::back_inserter(text),
                 "{:>10} {:>5}% {:>5}% {:>10} {:>5}%\n", "flat", "flat", "sum",
                 "cum", "cum");
  std::int64_t sum = 0;
  for (const TopRow& row : report.rows) {
    sum = sum_of(sum, row.flat);
    fmt::format_to(std::back_inserter(text), "{:>10} {} {} {:>10} {}  {}{}{}\n",
                   report.format(row.flat), percentage(row.flat, report.total),
                   percentage(sum, report.total), report.format(row.cum),
                   percentage(row.cum, report.total), row.name,
                   row.inlined.empty() ? "" : " ", row.inlined);
  }
  return text;
}

std::string render_json(const TopReport& report) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  std::int64_t sum = 0;
  for (const TopRow& row : report.rows) {
    sum = sum_of(sum, row.flat);
    nlohmann::ordered_json item = {{"name", row.name}};
    if (!row.inlined.empty()) {
      item["inlined"] = bare(row.inlined);
    }
    item["flat"] = row.flat;
    item["flat_percent"] = rounded_percent(row.flat, report.total);
    item["sum_percent"] = rounded_percent(sum, report.total);
    item["cum"] = row.cum;
    item["cum_percent"] = rounded_percent(row.cum, report.total);
    rows.push_back(std::move(item));
  }
  nlohmann::ordered_json document = {{"sample_type", report.sample_type},
                                     {"unit", report.format.from},
                                     {"total", report.total},
                                     {"shown", report.shown},
                                     {"dropped_rows", report.dropped_rows},
                                     {"more_rows", report.more_rows},
                                     {"rows", std::move(rows)}};
  if (report.by) {
    document["by"] = to_json(*report.by);
  }
  add_about(document, report.about);
  return escape_controls(document.dump(
             2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) +
         "\n";
}

std::string render_csv(const TopReport& report) {
  std::string text =
      "flat,flat_percent,sum_percent,cum,cum_percent,unit,function\r\n";
  std::int64_t sum = 0;
  for (const TopRow& row : report.rows) {
    sum = sum_of(sum, row.flat);
    fmt::format_to(std::back_inserter(text),
                   "{},{:.2f},{:.2f},{},{:.2f},{},{}\r\n", row.flat,
                   percent_of(row.flat, report.total),
                   percent_of(sum, report.total), row.cum,
                   percent_of(row.cum, report.total),
                   csv_field(report.format.from), csv_field(row.name));
  }
  return text;
}

}  // namespace kprofefe::view
