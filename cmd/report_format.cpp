// SPDX-License-Identifier: MIT
#include "cmd/report_format.hpp"

#include "base/duration.hpp"
#include "base/moment.hpp"
#include "base/utf8.hpp"
#include "collect/verdict.hpp"
#include "http/url.hpp"
#include "term/table.hpp"
#include "term/units.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

using collect::NotTarget;
using collect::Outcome;
using collect::outcome_of;
using collect::Report;
using collect::Row;
using collect::TargetReport;
using nlohmann::ordered_json;

constexpr std::array<std::pair<std::string_view, ReportFormat>, 5> k_formats = {
    {{"table", ReportFormat::table},
     {"wide", ReportFormat::wide},
     {"json", ReportFormat::json},
     {"name", ReportFormat::name},
     {"lines", ReportFormat::lines}}};

term::Colour colour_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::failed:
      return term::Colour::red;
    case Outcome::interrupted:
      return term::Colour::yellow;
    case Outcome::skipped:
      return term::Colour::dim;
    case Outcome::stored:
      break;
  }
  return term::Colour::none;
}

std::string join(const std::vector<std::string>& parts,
                 std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

/// `skipped: no samples`, or where it is when it is stored; both when one of
/// two sinks has it.
std::string result_of(const Row& row) {
  std::string where = join(row.locations, " ");
  if (row.outcome == Outcome::stored) {
    return where;
  }
  return fmt::format("{}: {}{}{}", outcome_name(row.outcome), row.reason,
                     where.empty() ? "" : "; kept: ", where);
}

/// Rows that say the same, of one target: a host that refuses connections
/// refuses them for every profile, and need be read once.
struct Group {
  std::vector<const Row*> rows;

  [[nodiscard]] bool takes(const Row& row) const {
    const Row& first = *rows.front();
    return row.outcome != Outcome::stored && first.outcome == row.outcome &&
           first.reason == row.reason && first.locations.empty() &&
           row.locations.empty();
  }

  [[nodiscard]] std::string kinds() const {
    std::string names;
    for (const Row* row : rows) {
      names += (names.empty() ? "" : ",");
      names += pprof::kind_name(row->kind);
    }
    return names;
  }

  [[nodiscard]] std::size_t bytes() const {
    std::size_t sum = 0;
    for (const Row* row : rows) {
      sum += row->bytes;
    }
    return sum;
  }
};

/// A size as a table shows it.
std::string size_cell(std::size_t bytes) {
  return bytes > 0 ? term::format_bytes(bytes) : "-";
}

std::vector<Group> group_rows(const TargetReport& target) {
  std::vector<Group> groups;
  for (const Row& row : target.rows) {
    const auto same = std::ranges::find_if(
        groups, [&](const Group& group) { return group.takes(row); });
    if (same != groups.end()) {
      same->rows.push_back(&row);
    } else {
      groups.push_back({{&row}});
    }
  }
  return groups;
}

std::string render_table(const Report& report, const RenderOptions& options) {
  using term::Align;
  term::Table table({"NAMESPACE", "POD", "PROFILE", "SIZE", "RESULT"},
                    {Align::left, Align::left, Align::left, Align::right});
  for (const TargetReport& target : report.targets) {
    for (const Group& group : group_rows(target)) {
      const Row& row = *group.rows.front();
      table.add({target.target.ns, target.target.pod, group.kinds(),
                 size_cell(group.bytes()), result_of(row)},
                colour_of(row.outcome));
    }
  }
  for (const NotTarget& pod : report.not_targets) {
    table.add(
        {namespace_of(pod), pod.pod, "-", "-",
         fmt::format("{}: {}", outcome_name(outcome_of(pod)), pod.reason)},
        colour_of(outcome_of(pod)));
  }
  return table.render({options.colour});
}

std::string render_wide(const Report& report, const RenderOptions& options) {
  using term::Align;
  term::Table table({"NAMESPACE", "POD", "SERVICE", "ADDRESS", "VIA", "PROFILE",
                     "SIZE", "TOOK", "RESULT"},
                    {Align::left, Align::left, Align::left, Align::left,
                     Align::left, Align::left, Align::right, Align::right});
  for (const TargetReport& target : report.targets) {
    for (const Row& row : target.rows) {
      table.add(
          {target.target.ns, target.target.pod, target.target.service,
           http::authority(target.target.ip.empty() ? "-" : target.target.ip,
                           target.target.port),
           std::string(target.via), std::string(pprof::kind_name(row.kind)),
           size_cell(row.bytes), format_duration(row.duration), result_of(row)},
          colour_of(row.outcome));
    }
  }
  for (const NotTarget& pod : report.not_targets) {
    table.add(
        {namespace_of(pod), pod.pod, "-", "-", "-", "-", "-", "-",
         fmt::format("{}: {}", outcome_name(outcome_of(pod)), pod.reason)},
        colour_of(outcome_of(pod)));
  }
  return table.render({options.colour});
}

ordered_json to_json(const TargetReport& target, const Row& row) {
  constexpr double k_milliseconds = 1000;
  ordered_json fields = {{"namespace", target.target.ns},
                         {"pod", target.target.pod},
                         {"service", target.target.service},
                         {"type", pprof::kind_name(row.kind)},
                         {"via", target.via},
                         {"outcome", outcome_name(row.outcome)}};
  if (!target.detour.empty()) {
    fields["detour"] = target.detour;
  }
  if (!row.reason.empty()) {
    fields["reason"] = row.reason;
  }
  fields["bytes"] = row.bytes;
  fields["duration_seconds"] =
      static_cast<double>(row.duration.count()) / k_milliseconds;
  fields["locations"] = row.locations;
  return fields;
}

std::string render_json(const Report& report, const RenderOptions& options) {
  const collect::Summary summary = summarize(report);
  ordered_json document = {{"started", format_rfc3339(report.started)},
                           {"seconds", options.seconds.count()},
                           {"targets", report.targets.size()},
                           {"profiles", ordered_json::array()},
                           {"not_targets", ordered_json::array()},
                           {"summary",
                            {{"stored", summary.stored},
                             {"skipped", summary.skipped},
                             {"failed", summary.failed},
                             {"interrupted", summary.interrupted}}}};
  for (const TargetReport& target : report.targets) {
    for (const Row& row : target.rows) {
      document["profiles"].push_back(to_json(target, row));
    }
  }
  for (const NotTarget& pod : report.not_targets) {
    document["not_targets"].push_back(
        {{"namespace", pod.ns},
         {"pod", pod.pod},
         {"outcome", outcome_name(outcome_of(pod))},
         {"reason", pod.reason}});
  }
  // A pod's words in a reason may be no UTF-8.
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) +
         "\n";
}

/// What `lines` adds to a location, as kube-profefe began it: ` type=heap ...`.
std::string labels_of(const TargetReport& target, const Row& row) {
  return fmt::format(" type={} namespace={} pod={}", pprof::kind_name(row.kind),
                     target.target.ns, target.target.pod);
}

std::string render_locations(const Report& report, bool with_labels) {
  std::string text;
  for (const TargetReport& target : report.targets) {
    for (const Row& row : target.rows) {
      const std::string end = with_labels ? labels_of(target, row) : "";
      for (const std::string& location : row.locations) {
        text += location + end + "\n";
      }
    }
  }
  return text;
}

std::string count_pods(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "pod" : "pods");
}

using Hints = std::map<std::string_view, std::size_t>;

void count_hints(const collect::Target& target, Hints& hints) {
  for (const std::string& hint : target.hints) {
    ++hints[hint];
  }
}

std::vector<std::string> describe(const Hints& hints) {
  std::vector<std::string> lines;
  lines.reserve(hints.size());
  for (const auto& [hint, count] : hints) {
    lines.push_back(fmt::format("{}: {}", count_pods(count), hint));
  }
  return lines;
}

bool offers_nothing(const TargetReport& target) {
  return !target.rows.empty() &&
         std::ranges::all_of(target.rows, [](const Row& row) {
           return row.reason == collect::k_not_offered;
         });
}

}  // namespace

Result<ReportFormat> parse_report_format(std::string_view name) {
  const auto* const found = std::ranges::find(
      k_formats, name, &std::pair<std::string_view, ReportFormat>::first);
  if (found == k_formats.end()) {
    return fail(ErrorKind::usage,
                fmt::format("--output: \"{}\" is not one of table, wide, json, "
                            "name, lines",
                            name));
  }
  return found->second;
}

std::string render_report(const Report& report, ReportFormat format,
                          const RenderOptions& options) {
  switch (format) {
    case ReportFormat::table:
      return render_table(report, options);
    case ReportFormat::wide:
      return render_wide(report, options);
    case ReportFormat::json:
      return render_json(report, options);
    case ReportFormat::name:
    case ReportFormat::lines:
      break;
  }
  return render_locations(report, format == ReportFormat::lines);
}

std::string namespace_of(const NotTarget& pod) {
  return pod.ns.empty() ? "-" : pod.ns;
}

std::string render_problems(const Report& report) {
  std::string text;
  for (const TargetReport& target : report.targets) {
    for (const Group& group : group_rows(target)) {
      const Row& row = *group.rows.front();
      if (row.outcome != Outcome::stored) {
        text += fmt::format("{} type={} namespace={} pod={}: {}\n",
                            outcome_name(row.outcome), group.kinds(),
                            target.target.ns, target.target.pod,
                            printable(row.reason));
      }
    }
  }
  for (const NotTarget& pod : report.not_targets) {
    text += fmt::format("{} namespace={} pod={}: {}\n",
                        outcome_name(outcome_of(pod)), namespace_of(pod),
                        pod.pod, pod.reason);
  }
  return text;
}

std::vector<std::string> describe_detours(const Report& report) {
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> pods;
  for (const TargetReport& target : report.targets) {
    if (!target.detour.empty()) {
      ++pods[{target.via, target.detour}];
    }
  }
  std::vector<std::string> lines;
  lines.reserve(pods.size());
  for (const auto& [way, count] : pods) {
    lines.push_back(fmt::format("{} by {}, because {}", count_pods(count),
                                way.first, way.second));
  }
  return lines;
}

std::vector<std::string> describe_hints(
    const std::vector<collect::Target>& targets) {
  Hints hints;
  for (const collect::Target& target : targets) {
    count_hints(target, hints);
  }
  return describe(hints);
}

std::vector<std::string> describe_hints(const Report& report) {
  Hints hints;
  std::size_t silent = 0;
  for (const TargetReport& target : report.targets) {
    count_hints(target.target, hints);
    silent += offers_nothing(target) ? 1 : 0;
  }
  std::vector<std::string> lines = describe(hints);
  if (silent > 0) {
    lines.push_back(
        fmt::format("{} without any of these profiles (404): is "
                    "profefe.com/path right?",
                    count_pods(silent)));
  }
  return lines;
}

std::string render_summary(const Report& report) {
  const collect::Summary summary = summarize(report);
  std::string text =
      fmt::format("stored {}, skipped {}, failed {}", summary.stored,
                  summary.skipped, summary.failed);
  if (summary.interrupted > 0) {
    text += fmt::format(", interrupted {}", summary.interrupted);
  }
  return text + "; " + count_pods(report.targets.size());
}

}  // namespace kprofefe::cmd
