// SPDX-License-Identifier: MIT
#include "web/settings.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "base/text_file.hpp"
#include "base/user_folder.hpp"
#include "web/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace kprofefe::web {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t k_most_bytes = std::size_t{1} << 20;
constexpr std::size_t k_most_name = 100;

std::string path_in(const std::string& folder) {
  return folder + "/settings.json";
}

std::string text_of(const ordered_json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>()
                                                     : std::string();
}

Result<std::vector<NamedSettings>> parse(const std::string& text,
                                         const std::string& path) {
  const ordered_json document = ordered_json::parse(text, nullptr, false);
  const auto configs =
      document.is_object() ? document.find("configs") : document.end();
  if (!document.is_object() || configs == document.end() ||
      !configs->is_array()) {
    return fail(ErrorKind::malformed,
                fmt::format("{}: no list of configs; move the file away to "
                            "begin a new one",
                            path));
  }
  std::vector<NamedSettings> settings;
  settings.reserve(configs->size());
  for (const ordered_json& config : *configs) {
    if (config.is_object() && !text_of(config, "name").empty()) {
      settings.push_back(
          {.name = text_of(config, "name"), .query = text_of(config, "query")});
    }
  }
  return settings;
}

}  // namespace

Settings::Settings(const Env& env) : folder_(config_folder(env)) {}

Result<std::vector<NamedSettings>> Settings::list() const {
  std::error_code ignored;
  const std::string path = path_in(folder_);
  if (folder_.empty() || !std::filesystem::exists(path, ignored)) {
    return std::vector<NamedSettings>();
  }
  TRY_ASSIGN(const std::string text, read_text_file(path, k_most_bytes));
  return parse(text, path);
}

Result<void> Settings::save(NamedSettings settings) const {
  if (settings.name.empty() || settings.name.size() > k_most_name) {
    return fail(ErrorKind::usage,
                fmt::format("invalid name: use 1 to {} bytes", k_most_name));
  }
  TRY_ASSIGN(std::vector<NamedSettings> all, list());
  std::erase_if(all, [&](const NamedSettings& other) {
    return other.name == settings.name;
  });
  all.push_back(std::move(settings));
  return write(all);
}

Result<void> Settings::remove(const std::string& name) const {
  TRY_ASSIGN(std::vector<NamedSettings> all, list());
  const std::size_t removed = std::erase_if(
      all, [&](const NamedSettings& other) { return other.name == name; });
  if (removed == 0) {
    return fail(ErrorKind::not_found,
                fmt::format("no settings named \"{}\"", one_line(name)));
  }
  return write(all);
}

Result<void> Settings::write(const std::vector<NamedSettings>& settings) const {
  if (folder_.empty()) {
    return fail(ErrorKind::io,
                "no folder to keep settings in: set HOME or XDG_CONFIG_HOME");
  }
  TRY(make_private_folder(folder_));
  ordered_json configs = ordered_json::array();
  for (const NamedSettings& one : settings) {
    configs.push_back({{"name", one.name}, {"query", one.query}});
  }
  const std::string text =
      to_text(ordered_json{{"configs", std::move(configs)}}) + "\n";
  return write_file(path_in(folder_), text);
}

}  // namespace kprofefe::web
