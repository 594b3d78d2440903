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
#include <cstddef>
#include <utility>

namespace kprofefe::report {
namespace {

std::string address(const collect::Target& target) {
  const std::string host = target.ip.empty() ? "-" : target.ip;
  return fmt::format("{}://{}{}", collect::scheme_name(target.scheme),
                     http::authority(host, target.port), target.path);
}

using Probes = std::vector<collect::Probe>;

/// `goroutine 152, heap 310, cpu`, or nothing to be said.
std::string offers_of(const collect::Probe& probe) {
  std::string text;
  for (const pprof::IndexEntry& entry : probe.profiles) {
    text += text.empty() ? "" : ", ";
    text += entry.name;
    if (entry.count > 0) {
      text += fmt::format(" {}", entry.count);
    }
  }
  return text.empty() ? "-" : text;
}

/// Rows of a table: of targets, then of the other pods.
class Rows {
 public:
  Rows(bool is_wide, const Probes* probes)
      : is_wide_(is_wide), probes_(probes), table_(header()) {}

  void add(const collect::Selected& selected) {
    for (std::size_t i = 0; i < selected.targets.size(); ++i) {
      add(selected.targets[i], probes_ != nullptr ? &(*probes_)[i] : nullptr);
    }
    for (const collect::NotTarget& pod : selected.not_targets) {
      add(pod);
    }
  }

  [[nodiscard]] std::string render() const { return table_.render(); }

 private:
  [[nodiscard]] std::vector<std::string> header() const {
    std::vector<std::string> names = {"NAMESPACE", "POD", "TARGET", "SERVICE"};
    if (is_wide_) {
      names.insert(names.end(), {"ANNOTATED", "OTHER IPS"});
    }
    if (is_wide_ && probes_ != nullptr) {
      names.emplace_back("VIA");
    }
    if (probes_ != nullptr) {
      names.emplace_back("PROFILES");
    }
    names.emplace_back("REASON");
    return names;
  }

  void add(const collect::Target& target, const collect::Probe* probe) {
    std::vector<std::string> cells = {target.ns, target.pod, address(target),
                                      target.service};
    if (is_wide_) {
      cells.emplace_back(target.enabled ? "yes" : "no");
      cells.push_back(
          target.other_ips.empty()
              ? "-"
              : fmt::format("{}", fmt::join(target.other_ips, ",")));
    }
    if (is_wide_ && probe != nullptr) {
      cells.emplace_back(probe->via);
    }
    if (probe != nullptr) {
      cells.push_back(offers_of(*probe));
    }
    cells.push_back(probe != nullptr && probe->failure ? probe->failure->message
                                                       : "-");
    table_.add(std::move(cells));
  }

  void add(const collect::NotTarget& pod) {
    std::vector<std::string> cells = {namespace_of(pod), pod.pod, "-", "-"};
    if (is_wide_) {
      cells.emplace_back(pod.why == collect::WhyNot::not_wanted ? "no" : "-");
    }
    cells.resize(header().size() - 1, "-");
    cells.push_back(pod.reason);
    table_.add(std::move(cells));
  }

  bool is_wide_;
  const Probes* probes_;
  term::Table table_;
};

std::string render_rows(const collect::Selected& selected, bool is_wide,
                        const Probes* probes) {
  Rows rows(is_wide, probes);
  rows.add(selected);
  return rows.render();
}

/// What the target offers, or why it did not say so.
void add_probe(const collect::Probe& probe, nlohmann::ordered_json& target) {
  target["via"] = probe.via;
  if (!probe.fallback_reason.empty()) {
    target["fallback_reason"] = probe.fallback_reason;
  }
  if (probe.failure) {
    target["error"] = probe.failure->message;
    return;
  }
  target["profiles"] = nlohmann::ordered_json::array();
  for (const pprof::IndexEntry& entry : probe.profiles) {
    target["profiles"].push_back(
        {{"name", entry.name}, {"count", entry.count}});
  }
}

std::string render_json(const collect::Selected& selected,
                        const Probes* probes) {
  using nlohmann::ordered_json;
  ordered_json document = {{"targets", ordered_json::array()},
                           {"not_targets", ordered_json::array()}};
  for (std::size_t i = 0; i < selected.targets.size(); ++i) {
    const collect::Target& target = selected.targets[i];
    ordered_json json = {{"namespace", target.ns},
                         {"pod", target.pod},
                         {"service", target.service},
                         {"scheme", collect::scheme_name(target.scheme)},
                         {"ip", target.ip},
                         {"port", target.port},
                         {"path", target.path}};
    if (probes != nullptr) {
      add_probe((*probes)[i], json);
    }
    document["targets"].push_back(std::move(json));
  }
  for (const collect::NotTarget& pod : selected.not_targets) {
    document["not_targets"].push_back(
        {{"namespace", pod.ns}, {"pod", pod.pod}, {"reason", pod.reason}});
  }
  return escape_controls(document.dump(
             2, ' ', false, ordered_json::error_handler_t::replace)) +
         "\n";
}

std::string render_names(const collect::Selected& selected,
                         const Probes* probes) {
  std::string names;
  for (std::size_t i = 0; i < selected.targets.size(); ++i) {
    if (probes == nullptr || !(*probes)[i].failure) {
      names += "pod/" + selected.targets[i].pod + "\n";
    }
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
                           TargetsFormat format, const Probes* probes) {
  switch (format) {
    case TargetsFormat::table:
      return render_rows(selected, false, probes);
    case TargetsFormat::wide:
      return render_rows(selected, true, probes);
    case TargetsFormat::json:
      return render_json(selected, probes);
    case TargetsFormat::name:
      break;
  }
  return render_names(selected, probes);
}

}  // namespace kprofefe::report
