// SPDX-License-Identifier: MIT
#include "kube/config/kubeconfig_user.hpp"

#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace kprofefe::kube {
namespace {

constexpr std::array k_user_texts = {
    TextField<User>{"token", &User::token},
    TextField<User>{"tokenFile", &User::token_file},
    TextField<User>{"client-certificate", &User::cert_file},
    TextField<User>{"client-certificate-data", &User::cert_data},
    TextField<User>{"client-key", &User::key_file},
    TextField<User>{"client-key-data", &User::key_data},
    TextField<User>{"username", &User::username},
    TextField<User>{"password", &User::password},
};
constexpr std::array k_impersonation_texts = {
    TextField<Impersonation>{"as", &Impersonation::user},
    TextField<Impersonation>{"as-uid", &Impersonation::uid},
};
constexpr std::array k_exec_texts = {
    TextField<ExecPlugin>{"command", &ExecPlugin::command},
    TextField<ExecPlugin>{"apiVersion", &ExecPlugin::api_version},
    TextField<ExecPlugin>{"installHint", &ExecPlugin::install_hint},
    TextField<ExecPlugin>{"interactiveMode", &ExecPlugin::interactive_mode},
};

void read_extra(YamlFields& fields, const YAML::Node& node, User& user) {
  for (const auto& [key, value] : fields.fields_of(node)) {
    user.impersonate.extra[key] = fields.read_texts(key, value);
  }
}

/// One of `env`: `{name: A, value: b}`.
std::pair<std::string, std::string> read_variable(YamlFields& fields,
                                                  const YAML::Node& item) {
  std::pair<std::string, std::string> variable;
  if (!fields.is_map("env", item)) {
    return variable;
  }
  for (const auto& [key, value] : fields.fields_of(item)) {
    if (key == "name") {
      variable.first = fields.read_text(key, value);
    } else if (key == "value") {
      variable.second = fields.read_text(key, value);
    }
  }
  return variable;
}

ExecPlugin read_exec(YamlFields& fields, const YAML::Node& node) {
  ExecPlugin plugin;
  fields.read_fields<ExecPlugin>(node, k_exec_texts, plugin);
  for (const auto& [key, value] : fields.fields_of(node)) {
    if (key == "args") {
      plugin.args = fields.read_texts(key, value);
    } else if (key == "provideClusterInfo") {
      plugin.provide_cluster_info = fields.read_bool(key, value);
    } else if (key == "env" && fields.is_list(key, value)) {
      plugin.env.clear();
      for (const auto& item : value) {
        plugin.env.push_back(read_variable(fields, item));
      }
    }
  }
  // Versions from before the field existed (clientcmd/api/v1/defaults.go).
  if (plugin.interactive_mode.empty() &&
      (plugin.api_version == "client.authentication.k8s.io/v1beta1" ||
       plugin.api_version == "client.authentication.k8s.io/v1alpha1")) {
    plugin.interactive_mode = "IfAvailable";
  }
  return plugin;
}

AuthProvider read_auth_provider(YamlFields& fields, const YAML::Node& node) {
  AuthProvider provider;
  for (const auto& [key, value] : fields.fields_of(node)) {
    if (key == "name") {
      provider.name = fields.read_text(key, value);
    } else if (key == "config") {
      provider.config = fields.read_text_map(key, value);
    }
  }
  return provider;
}

void resolve_paths(User& user) {
  resolve_path(user.token_file, user.file);
  resolve_path(user.cert_file, user.file);
  resolve_path(user.key_file, user.file);
  if (user.exec && user.exec->command.contains('/')) {
    resolve_path(user.exec->command, user.file);  // else it is in $PATH
  }
}

}  // namespace

void read_user(YamlFields& fields, const YAML::Node& node, User& user) {
  fields.read_fields<User>(node, k_user_texts, user);
  fields.read_fields<Impersonation>(node, k_impersonation_texts,
                                    user.impersonate);
  for (const auto& [key, value] : fields.fields_of(node)) {
    if (key == "as-groups") {
      user.impersonate.groups = fields.read_texts(key, value);
    } else if (key == "as-user-extra" && fields.is_map(key, value)) {
      read_extra(fields, value, user);
    } else if (key == "exec" && fields.is_map(key, value)) {
      user.exec = read_exec(fields, value);
    } else if (key == "auth-provider" && fields.is_map(key, value)) {
      user.auth_provider = read_auth_provider(fields, value);
    }
  }
  resolve_paths(user);
}

void resolve_path(std::string& path, const std::string& file) {
  if (path.empty() || path.starts_with('/')) {
    return;
  }
  std::error_code error;
  const auto folder = std::filesystem::absolute(file, error).parent_path();
  path = (folder / path).lexically_normal().string();
}

}  // namespace kprofefe::kube
