// SPDX-License-Identifier: MIT
#include "kube/kubeconfig.hpp"

#include "base/text.hpp"
#include "base/text_file.hpp"
#include "kube/kubeconfig_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace kprofefe::kube {
namespace {

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

bool Kubeconfig::empty() const {
  return clusters.empty() && users.empty() && contexts.empty() &&
         current_context.empty();
}

void Kubeconfig::add(Kubeconfig other) {
  clusters.merge(other.clusters);
  users.merge(other.users);
  contexts.merge(other.contexts);
  if (current_context.empty()) {
    current_context = std::move(other.current_context);
    current_context_file = std::move(other.current_context_file);
  }
}

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

}  // namespace kprofefe::kube
