// SPDX-License-Identifier: MIT
#include "report/json.hpp"

#include "base/json_escape.hpp"
#include "base/moment.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace kprofefe::report {
namespace {

using nlohmann::ordered_json;

ordered_json to_json(const collect::TargetReport& target,
                     const collect::Row& row) {
  constexpr double k_milliseconds = 1000;
  ordered_json fields = {{"namespace", target.target.ns},
                         {"pod", target.target.pod},
                         {"service", target.target.service},
                         {"type", pprof::kind_name(row.kind)},
                         {"via", target.via},
                         {"outcome", outcome_name(row.outcome)}};
  if (!target.address.empty()) {
    fields["ip"] = target.address;
  }
  if (!target.fallback_reason.empty()) {
    fields["fallback_reason"] = target.fallback_reason;
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

ordered_json to_json(const collect::NotTarget& pod) {
  return {{"namespace", pod.ns},
          {"pod", pod.pod},
          {"outcome", outcome_name(outcome_of(pod))},
          {"reason", pod.reason}};
}

/// `value` as it stands within `depth` objects and arrays, without the blanks
/// before its first line.
std::string text_of(const ordered_json& value, std::size_t depth) {
  constexpr int k_indent = 2;
  // A pod's words in a reason may be no UTF-8.
  const std::string text = escape_controls(
      value.dump(k_indent, ' ', false, ordered_json::error_handler_t::replace));
  const std::string line_end = "\n" + std::string(depth * k_indent, ' ');
  std::string indented;
  for (const char c : text) {
    if (c == '\n') {
      indented += line_end;
    } else {
      indented += c;
    }
  }
  return indented;
}

class JsonWriter final : public Writer {
 public:
  JsonWriter(const Head& head, Out out) : out_(std::move(out)) {
    out_(
        fmt::format("{{\n  \"started\": {},\n  \"seconds\": {},\n"
                    "  \"targets\": {},\n",
                    text_of(format_rfc3339(head.started), 1),
                    head.seconds.count(), head.targets));
    begin_array("profiles");
  }

  void add(const collect::TargetReport& target) override {
    for (const collect::Row& row : target.rows) {
      add_element(to_json(target, row));
    }
  }

  void finish(const std::vector<collect::NotTarget>& not_targets,
              const collect::Summary& summary) override {
    end_array();
    begin_array("not_targets");
    for (const collect::NotTarget& pod : not_targets) {
      add_element(to_json(pod));
    }
    end_array();
    const ordered_json counts = {{"stored", summary.stored},
                                 {"skipped", summary.skipped},
                                 {"failed", summary.failed},
                                 {"interrupted", summary.interrupted}};
    out_(fmt::format("  \"summary\": {}\n}}\n", text_of(counts, 1)));
  }

 private:
  void begin_array(std::string_view name) {
    is_empty_ = true;
    out_(fmt::format("  \"{}\": [", name));
  }

  void add_element(const ordered_json& element) {
    out_(fmt::format("{}\n    {}", is_empty_ ? "" : ",", text_of(element, 2)));
    is_empty_ = false;
  }

  void end_array() { out_(is_empty_ ? "],\n" : "\n  ],\n"); }

  Out out_;
  bool is_empty_ = true;  ///< the array under way
};

}  // namespace

std::unique_ptr<Writer> json_writer(const Head& head, Writer::Out out) {
  return std::make_unique<JsonWriter>(head, std::move(out));
}

}  // namespace kprofefe::report
