// SPDX-License-Identifier: MIT
#include "kube/text/yaml_fields.hpp"

#include "kube/text/yaml_json.hpp"
#include "kube/text/yaml_text.hpp"

#include <fmt/format.h>

#include <utility>

namespace kprofefe::kube {
namespace {

/// A mapping may merge itself, over and over.
constexpr int k_max_merges = 1000;

/// https://yaml.org/type/merge.html
bool is_merge_key(const YAML::Node& key) {
  return key.IsScalar() && key.Scalar() == "<<" && key.Tag() != k_not_plain;
}

}  // namespace

YamlFields::YamlFields(const std::string& path)
    : YamlFields(path,
                 fmt::format("error loading config file \"{}\": ", path)) {}

std::unexpected<Error> YamlFields::fail_at(const YAML::Mark& mark,
                                           std::string_view why) const {
  return fail(ErrorKind::config,
              fmt::format("{}line {}: {}", prefix_, mark.line + 1, why));
}

void YamlFields::refuse(const YAML::Node& node, std::string_view why) {
  if (outcome_) {
    outcome_ = fail_at(node.Mark(), why);
  }
}

std::vector<YamlField> YamlFields::fields_of(const YAML::Node& node) {
  Collected collected;
  add_fields(node, collected);
  return std::move(collected.fields);
}

void YamlFields::add_fields(const YAML::Node& node, Collected& collected) {
  const bool is_merged = !collected.fields.empty();
  for (const auto& field : node) {
    const std::string& key = field.first.Scalar();
    const bool is_new = collected.keys.insert(key).second;
    if (!is_merge_key(field.first) && (is_new || !is_merged)) {
      collected.fields.emplace_back(key, field.second);
    }
  }
  for (const auto& field : node) {
    if (is_merge_key(field.first)) {
      merge_fields(field.second, collected);
    }
  }
}

void YamlFields::merge_fields(const YAML::Node& from, Collected& collected) {
  collected.values += 1 + from.size();
  if (++collected.merges > k_max_merges ||
      collected.values > k_max_yaml_values) {
    refuse(from, "<<: too many merged mappings");
  } else if (from.IsMap()) {
    add_fields(from, collected);
  } else if (from.IsSequence()) {
    for (const auto& one : from) {
      merge_fields(one, collected);
    }
  } else {
    refuse(from, "<<: expected a mapping or a list of them");
  }
}

std::string YamlFields::read_text(const std::string& key,
                                  const YAML::Node& node) {
  if (node.IsScalar()) {
    return node.Scalar();
  }
  if (!node.IsNull()) {
    refuse(node, key + ": expected a string");
  }
  return {};
}

bool YamlFields::read_bool(const std::string& key, const YAML::Node& node) {
  bool value = false;
  // A quoted "true" is text, and kubectl refuses it too.
  const bool plain = node.IsScalar() && node.Tag() != k_not_plain;
  const bool read = plain && YAML::convert<bool>::decode(node, value);
  if (!read && !node.IsNull()) {
    refuse(node, key + ": expected true or false");
  }
  return value;
}

std::vector<std::string> YamlFields::read_texts(const std::string& key,
                                                const YAML::Node& node) {
  std::vector<std::string> texts;
  if (is_list(key, node)) {
    for (const auto& item : node) {
      texts.push_back(read_text(key, item));
    }
  }
  return texts;
}

std::map<std::string, std::string, std::less<>> YamlFields::read_text_map(
    const std::string& of, const YAML::Node& node) {
  std::map<std::string, std::string, std::less<>> texts;
  if (is_map(of, node)) {
    for (const auto& [key, value] : fields_of(node)) {
      texts[key] = read_text(key, value);
    }
  }
  return texts;
}

bool YamlFields::is_map(const std::string& key, const YAML::Node& node) {
  if (!node.IsMap() && !node.IsNull()) {
    refuse(node, key + ": expected a mapping");
  }
  return node.IsMap();
}

bool YamlFields::is_list(const std::string& key, const YAML::Node& node) {
  if (!node.IsSequence() && !node.IsNull()) {
    refuse(node, key + ": expected a list");
  }
  return node.IsSequence();
}

void YamlFields::expect(const std::string& key, const YAML::Node& node,
                        std::string_view expected) {
  const std::string text = read_text(key, node);
  if (!text.empty() && text != expected) {
    refuse(node, fmt::format(R"({} is "{}", not "{}")", key, text, expected));
  }
}

std::string YamlFields::read_json(const std::string& key,
                                  const YAML::Node& node) {
  auto json = json_of(node);
  if (!json) {
    if (outcome_) {
      outcome_ = fail_at(json.error().mark, key + ": " + json.error().why);
    }
    return {};
  }
  return *std::move(json);
}

}  // namespace kprofefe::kube
