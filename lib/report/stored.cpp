// SPDX-License-Identifier: MIT
#include "report/stored.hpp"

#include "base/choice.hpp"
#include "base/json_escape.hpp"
#include "base/moment.hpp"
#include "base/utf8.hpp"
#include "profefe/profile_type.hpp"
#include "term/table.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace kprofefe::report {
namespace {

using nlohmann::ordered_json;

std::string dump(const ordered_json& document) {
  return escape_controls(document.dump(
             2, ' ', false, ordered_json::error_handler_t::replace)) +
         "\n";
}

std::string created(const profefe::StoredProfile& profile) {
  return profile.created_at ? format_rfc3339(*profile.created_at) : "-";
}

ordered_json to_json(const profefe::StoredProfile& profile) {
  return {{"id", profile.id},
          {"type", profefe::type_name(profile.type, profile.labels)},
          {"service", profile.service},
          {"labels", profile.labels},
          {"created_at", created(profile)},
          {"url", profile.url}};
}

constexpr std::array<std::pair<std::string_view, StoredFormat>, 3> k_formats = {
    {{"table", StoredFormat::table},
     {"json", StoredFormat::json},
     {"name", StoredFormat::name}}};

}  // namespace

Result<StoredFormat> parse_stored_format(std::string_view name) {
  return parse_choice(name, k_formats);
}

std::string render_names(std::span<const std::string> names, bool json) {
  if (json) {
    return dump(ordered_json(names));
  }
  std::string text;
  for (const std::string& name : names) {
    text += printable(name) + "\n";
  }
  return text;
}

std::string render_profiles(std::span<const profefe::StoredProfile> profiles,
                            StoredFormat format) {
  if (format == StoredFormat::json) {
    ordered_json document = ordered_json::array();
    for (const profefe::StoredProfile& profile : profiles) {
      document.push_back(to_json(profile));
    }
    return dump(document);
  }
  term::Table table({"ID", "TYPE", "SERVICE", "CREATED", "LABELS", "URL"});
  std::string urls;
  for (const profefe::StoredProfile& profile : profiles) {
    table.add({profile.id, profefe::type_name(profile.type, profile.labels),
               profile.service, created(profile),
               profefe::labels_text(profile.labels), profile.url});
    urls += profile.url + "\n";
  }
  return format == StoredFormat::name ? urls : table.render();
}

}  // namespace kprofefe::report
