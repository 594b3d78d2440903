// SPDX-License-Identifier: MIT
#include "kube/config/kubeconfig_load.hpp"

#include "base/text.hpp"
#include "base/text_file.hpp"
#include "kube/config/kubeconfig_file.hpp"
#include "kube/config/kubeconfig_outline.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::kube {
namespace {

struct File {
  std::string path;
  std::string text;
  KubeconfigOutline outline;
};

/// The files in order; nothing when one of them is not plain.
std::optional<std::vector<File>> read_files(
    const std::vector<std::string>& paths, Kubeconfig& config) {
  std::vector<File> files;
  files.reserve(paths.size());  // outlines point into the texts
  for (const std::string& path : paths) {
    Result<std::string> text = read_text_file(path);
    if (!text && text.error().kind == ErrorKind::not_found) {
      config.missing.push_back(path);
      continue;
    }
    if (!text) {
      return std::nullopt;
    }
    File& file = files.emplace_back(path, *std::move(text));
    auto outline = outline_kubeconfig(file.text);
    if (!outline) {
      return std::nullopt;
    }
    file.outline = *std::move(outline);
    config.files.push_back(path);
  }
  return files;
}

/// Reads `text`, a part of `file`, and adds what `config` does not have.
bool add(const File& file, const std::string& text, Kubeconfig& config) {
  Result<Kubeconfig> part = parse_kubeconfig(text, file.path);
  if (!part) {
    return false;
  }
  config.add(*std::move(part));
  return true;
}

/// Reads the first entry of that name. False when there is none.
bool add_entry(const std::vector<File>& files, Section section,
               const std::string& name, Kubeconfig& config) {
  constexpr std::array<std::string_view, 3> k_keys = {"clusters", "users",
                                                      "contexts"};
  for (const File& file : files) {
    const auto& entries = file.outline.of(section);
    const auto found = entries.find(name);
    if (found != entries.end()) {
      return add(
          file,
          fmt::format("{}:\n{}", k_keys.at(static_cast<std::size_t>(section)),
                      found->second),
          config);
    }
  }
  return false;
}

const std::string& first_of(const std::string& flag,
                            const std::string& otherwise) {
  return flag.empty() ? otherwise : flag;
}

/// The chosen context and what it needs; nothing when that is not all there.
std::optional<Kubeconfig> load_plain(const ClusterChoice& choice,
                                     const std::vector<std::string>& paths) {
  Kubeconfig config;
  const auto files = read_files(paths, config);
  if (!files) {
    return std::nullopt;
  }
  for (const File& file : *files) {
    if (!add(file, file.outline.rest, config)) {
      return std::nullopt;
    }
  }
  const std::string name = first_of(choice.context, config.current_context);
  if (!add_entry(*files, Section::contexts, name, config) ||
      !config.contexts.contains(name)) {
    return std::nullopt;
  }
  const Context& context = config.contexts.at(name);
  const std::string cluster = first_of(choice.cluster_name, context.cluster);
  const std::string user = first_of(choice.user_name, context.user);
  const bool complete =
      add_entry(*files, Section::clusters, cluster, config) &&
      (user.empty() || add_entry(*files, Section::users, user, config));
  return complete ? std::optional(std::move(config)) : std::nullopt;
}

std::vector<std::string> paths_of_variable(std::string_view variable) {
  std::vector<std::string> paths;
  for (const std::string_view path : split(variable, ':')) {
    if (!path.empty() && std::ranges::find(paths, path) == paths.end()) {
      paths.emplace_back(path);
    }
  }
  return paths;
}

Result<Kubeconfig> read_kubeconfig(const std::string& path) {
  const Result<std::string> text = read_text_file(path);
  if (!text) {
    return std::unexpected(text.error().with_context(
        fmt::format("error loading config file \"{}\"", path)));
  }
  return parse_kubeconfig(*text, path);
}

Result<Kubeconfig> load_files(const std::vector<std::string>& paths) {
  Kubeconfig merged;
  std::vector<std::string> errors;
  for (const std::string& path : paths) {
    Result<Kubeconfig> one = read_kubeconfig(path);
    if (one) {
      merged.add(std::move(*one));
      merged.files.push_back(path);
    } else if (one.error().kind == ErrorKind::not_found) {
      merged.missing.push_back(path);
    } else {
      errors.push_back(std::move(one).error().message);
    }
  }
  if (!errors.empty()) {
    return fail(ErrorKind::config, fmt::to_string(fmt::join(errors, "; ")));
  }
  return merged;
}

}  // namespace

Result<Kubeconfig> load_kubeconfig(const std::string& explicit_path,
                                   const Env& env) {
  if (!explicit_path.empty()) {
    TRY_ASSIGN(Kubeconfig config, read_kubeconfig(explicit_path));
    config.files = {explicit_path};
    return config;
  }
  TRY_ASSIGN(Kubeconfig config, load_files(kubeconfig_paths("", env)));
  if (env.get("KUBECONFIG") && config.files.empty() &&
      !config.missing.empty()) {
    config.warnings.push_back(fmt::format("KUBECONFIG: config not found: {}",
                                          fmt::join(config.missing, ", ")));
  }
  return config;
}

std::vector<std::string> kubeconfig_paths(const std::string& explicit_path,
                                          const Env& env) {
  if (!explicit_path.empty()) {
    return {explicit_path};
  }
  if (const auto variable = env.get("KUBECONFIG")) {
    return paths_of_variable(*variable);
  }
  if (env.home().empty()) {
    return {};
  }
  return {env.home() + "/.kube/config"};
}

Result<Kubeconfig> load_chosen(const ClusterChoice& choice, const Env& env) {
  if (auto config =
          load_plain(choice, kubeconfig_paths(choice.kubeconfig, env))) {
    return *std::move(config);
  }
  return load_kubeconfig(choice.kubeconfig, env);
}

}  // namespace kprofefe::kube
