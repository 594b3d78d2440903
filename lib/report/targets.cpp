// SPDX-License-Identifier: MIT
#include "report/targets.hpp"

#include "base/choice.hpp"
#include "base/json_escape.hpp"
#include "http/url.hpp"
#include "report/groups.hpp"
#include "term/table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace kprofefe::report {
namespace {

std::string address(const collect::Target& target) {
  const std::string host = target.ip.empty() ? "-" : target.ip;
  return fmt::format("{}://{}{}", collect::scheme_name(target.scheme),
                     http::authority(host, target.port), target.path);
}

std::string render_table(const collect::Selected& selected) {
  term::Table table({"NAMESPACE", "POD", "TARGET", "SERVICE", "REASON"});
  for (const collect::Target& target : selected.targets) {
    table.add({target.ns, target.pod, address(target), target.service, "-"});
  }
  for (const collect::NotTarget& pod : selected.not_targets) {
    table.add({namespace_of(pod), pod.pod, "-", "-", pod.reason});
  }
  return table.render();
}

/// Also by what the pod was chosen, and its other addresses.
std::string render_wide(const collect::Selected& selected) {
  term::Table table({"NAMESPACE", "POD", "TARGET", "SERVICE", "ANNOTATED",
                     "OTHER IPS", "REASON"});
  for (const collect::Target& target : selected.targets) {
    table.add({target.ns, target.pod, address(target), target.service,
               target.enabled ? "yes" : "no",
               target.other_ips.empty()
                   ? "-"
                   : fmt::format("{}", fmt::join(target.other_ips, ",")),
               "-"});
  }
  for (const collect::NotTarget& pod : selected.not_targets) {
    table.add({namespace_of(pod), pod.pod, "-", "-",
               pod.why == collect::WhyNot::not_wanted ? "no" : "-", "-",
               pod.reason});
  }
  return table.render();
}

std::string render_json(const collect::Selected& selected) {
  using nlohmann::ordered_json;
  ordered_json document = {{"targets", ordered_json::array()},
                           {"not_targets", ordered_json::array()}};
  for (const collect::Target& target : selected.targets) {
    document["targets"].push_back(
        {{"namespace", target.ns},
         {"pod", target.pod},
         {"service", target.service},
         {"scheme", collect::scheme_name(target.scheme)},
         {"ip", target.ip},
         {"port", target.port},
         {"path", target.path}});
  }
  for (const collect::NotTarget& pod : selected.not_targets) {
    document["not_targets"].push_back(
        {{"namespace", pod.ns}, {"pod", pod.pod}, {"reason", pod.reason}});
  }
  return escape_controls(document.dump(
             2, ' ', false, ordered_json::error_handler_t::replace)) +
         "\n";
}

std::string render_names(const collect::Selected& selected) {
  std::string names;
  for (const collect::Target& target : selected.targets) {
    names += "pod/" + target.pod + "\n";
  }
  return names;
}

constexpr std::array<std::pair<std::string_view, TargetsFormat>, 4> k_formats =
    {{{"table", TargetsFormat::table},
      {"wide", TargetsFormat::wide},
      {"json", TargetsFormat::json},
      {"name", TargetsFormat::name}}};

}  // namespace

Result<TargetsFormat> parse_targets_format(std::string_view name) {
  return parse_choice(name, k_formats);
}

std::string render_targets(const collect::Selected& selected,
                           TargetsFormat format) {
  switch (format) {
    case TargetsFormat::table:
      return render_table(selected);
    case TargetsFormat::wide:
      return render_wide(selected);
    case TargetsFormat::json:
      return render_json(selected);
    case TargetsFormat::name:
      break;
  }
  return render_names(selected);
}

}  // namespace kprofefe::report
