// SPDX-License-Identifier: MIT
#include "kube/auth/plugin_policy.hpp"

#include "base/program.hpp"
#include "base/text_file.hpp"
#include "kube/text/documents.hpp"
#include "kube/text/yaml_fields.hpp"
#include "kube/text/yaml_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

namespace kprofefe::kube {
namespace {

constexpr std::string_view k_deny_all = "DenyAll";
constexpr std::string_view k_allowlist = "Allowlist";

constexpr std::string_view k_policy = "credentialPluginPolicy";
constexpr std::string_view k_list = "credentialPluginAllowlist";
/// What both begin with.
constexpr std::string_view k_policy_fields = "credentialPlugin";
constexpr std::string_view k_v1beta1 = "kubectl.config.k8s.io/v1beta1";
/// It knows nothing of policies.
constexpr std::string_view k_v1alpha1 = "kubectl.config.k8s.io/v1alpha1";

std::string normal(const std::string& path) {
  return std::filesystem::path(path).lexically_normal().string();
}

/// An entry of the allowlist; empty when it names nothing.
std::string read_plugin_name(YamlFields& fields, const YAML::Node& item) {
  std::string name;
  if (!fields.is_map(std::string(k_list), item)) {
    return name;
  }
  for (const auto& field : item) {
    const std::string& key = field.first.Scalar();
    if (key == "name" || key == "command") {
      name = fields.read_text(key, field.second);
    }
  }
  return name;
}

bool is_scalar(const YAML::Node& node, std::string_view text) {
  return node && node.IsScalar() && node.Scalar() == text;
}

/// A field of the policy: the last of that name counts, as for kubectl, and
/// whatever is odd about it is a warning.
void read_policy_field(YamlFields& fields, const std::string& key,
                       const YAML::Node& value, PluginPolicy& policy) {
  if (key == k_policy) {
    policy.type = fields.read_text(key, value);
  } else if (fields.is_list(key, value)) {
    auto& names = policy.allowlist.emplace();
    for (const auto& item : value) {
      names.push_back(read_plugin_name(fields, item));
    }
  }
}

PluginPolicy read_policy(YamlFields& fields, const YAML::Node& document) {
  const bool is_known = is_scalar(document["apiVersion"], k_v1beta1);
  PluginPolicy policy;
  std::set<std::string> seen;
  for (const auto& field : document) {
    const std::string& key = field.first.Scalar();
    if (key != k_policy && key != k_list) {
      continue;
    }
    if (is_known) {
      read_policy_field(fields, key, field.second, policy);
    }
    if (!is_known) {
      policy.broken = fmt::format("kuberc: {}: {} requires apiVersion {}",
                                  fields.path(), key, k_v1beta1);
    } else if (!seen.insert(key).second) {
      policy.warning = fmt::format(
          "kuberc: ignoring strict decoding error in {}: key \"{}\" already "
          "set in map",
          fields.path(), key);
    }
  }
  return policy;
}

/// Nothing for a document that is no Preference of a version that is known.
Result<std::optional<PluginPolicy>> read_document(const Document& text,
                                                  const std::string& path) {
  YamlFields fields(path, "");
  std::optional<PluginPolicy> policy;
  try {
    // Behind as many empty lines as stand before it in the file, so that errors
    // have its lines.
    const YAML::Node document =
        load_yaml(std::string(text.line - 1, '\n').append(text.text));
    if (document.IsMap() && is_scalar(document["kind"], "Preference") &&
        (is_scalar(document["apiVersion"], k_v1beta1) ||
         is_scalar(document["apiVersion"], k_v1alpha1))) {
      policy = read_policy(fields, document);
    }
  } catch (const YAML::Exception& error) {
    return fields.fail_at(error.mark, yaml_words(error));
  }
  TRY(fields.outcome());
  return policy;
}

/// The first document that is a Preference is the one, as for kubectl's
/// decodePreference.
Result<PluginPolicy> parse_policy(const std::string& text,
                                  const std::string& path) {
  const std::vector<Document> documents = split_documents(text);
  std::string why;
  for (const Document& document : documents) {
    const auto policy = read_document(document, path);
    if (policy && *policy) {
      return **policy;
    }
    if (!policy && why.empty()) {
      why = ": " + policy.error().message;
    }
  }
  if (documents.empty()) {
    return PluginPolicy{};
  }
  return fail(ErrorKind::config,
              fmt::format("no valid preferences found in {}{}", path, why));
}

Result<void> check_sense(const PluginPolicy& policy) {
  const bool lists = policy.type == k_allowlist;
  if (!lists && !policy.type.empty() && policy.type != "AllowAll" &&
      policy.type != k_deny_all) {
    return fail(ErrorKind::config,
                fmt::format("unknown plugin policy: \"{}\"", policy.type));
  }
  if (!lists && policy.allowlist) {
    return fail(ErrorKind::config,
                fmt::format("misconfigured credential plugin allowlist: plugin "
                            "policy is \"{}\" but there is an allowlist",
                            policy.type));
  }
  if (lists && (!policy.allowlist || policy.allowlist->empty())) {
    return fail(
        ErrorKind::config,
        "credential plugin policy set to \"Allowlist\", but the allowlist is "
        "empty; use the policy \"DenyAll\" instead");
  }
  const std::vector<std::string> none;
  for (const std::string& name : lists ? *policy.allowlist : none) {
    if (name.empty() || normal(name) != name) {
      return fail(ErrorKind::config,
                  fmt::format("misconfigured credential plugin allowlist: "
                              "\"{}\" is not a normalized name or path",
                              name));
    }
  }
  return {};
}

bool is_listed(const PluginPolicy& policy, const std::string& command,
               const std::string& path, const Env& env) {
  return std::ranges::any_of(*policy.allowlist, [&](const std::string& name) {
    const Result<std::string> found = find_program(name, env);
    return name == command || name == path || (found && *found == path);
  });
}

}  // namespace

Result<PluginPolicy> load_plugin_policy(const Env& env) {
  const auto named = env.get("KUBERC");
  if (named == "off" || env.get("KUBECTL_KUBERC") == "false") {
    return PluginPolicy{};
  }
  const std::string path = named.value_or(env.home() + "/.kube/kuberc");
  const Result<std::string> text = read_text_file(path);
  if (!text && !named && text.error().kind == ErrorKind::not_found) {
    return PluginPolicy{};
  }
  Result<PluginPolicy> policy =
      text ? parse_policy(*text, path) : std::unexpected(text.error());
  if (policy) {
    return policy;
  }
  if (named) {
    return fail(ErrorKind::config, "kuberc: " + policy.error().message);
  }
  std::string why = fmt::format("kuberc: no preferences loaded from {}: {}",
                                path, policy.error().message);
  const bool may_have_policy = !text || text->contains(k_policy_fields);
  return may_have_policy ? PluginPolicy{.broken = std::move(why)}
                         : PluginPolicy{.warning = std::move(why)};
}

Result<void> check_policy(const PluginPolicy& policy,
                          const std::string& command, const std::string& path,
                          const Env& env) {
  if (!policy.broken.empty()) {
    return fail(ErrorKind::config,
                fmt::format("plugin \"{}\" not allowed: {}; fix the file, or "
                            "set KUBERC=off to run plugins without a policy",
                            command, policy.broken));
  }
  const Result<void> sense = check_sense(policy);
  if (!sense) {
    return std::unexpected(sense.error().with_context("invalid plugin policy"));
  }
  if (policy.type == k_deny_all) {
    return fail(ErrorKind::config,
                fmt::format("plugin \"{}\" not allowed: policy set to \"{}\"",
                            command, policy.type));
  }
  if (policy.type == k_allowlist &&
      !is_listed(policy, normal(command), path, env)) {
    return fail(ErrorKind::config,
                fmt::format("plugin path \"{}\" is not permitted by the "
                            "credential plugin allowlist",
                            path));
  }
  return {};
}

}  // namespace kprofefe::kube
