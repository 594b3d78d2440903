// SPDX-License-Identifier: MIT
#include "kube/yaml_fields.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>

namespace kprofefe::kube {
namespace {

using Json = nlohmann::ordered_json;

/// Text in quotes has this tag.
constexpr std::string_view k_not_plain = "!";

/// https://yaml.org/type/merge.html
bool is_merge_key(const YAML::Node& key) {
  return key.IsScalar() && key.Scalar() == "<<" && key.Tag() != k_not_plain;
}

Json scalar_of(const YAML::Node& node) {
  if (node.Tag() == k_not_plain) {
    return node.Scalar();
  }
  bool truth = false;
  std::int64_t integer = 0;
  double number = 0;
  if (YAML::convert<bool>::decode(node, truth)) {
    return truth;
  }
  if (YAML::convert<std::int64_t>::decode(node, integer)) {
    return integer;
  }
  if (YAML::convert<double>::decode(node, number)) {
    return number;
  }
  return node.Scalar();
}

Json tree_of(const YAML::Node& node) {
  if (node.IsScalar()) {
    return scalar_of(node);
  }
  if (node.IsSequence()) {
    Json list = Json::array();
    for (const auto& item : node) {
      list.push_back(tree_of(item));
    }
    return list;
  }
  if (!node.IsMap()) {
    return nullptr;
  }
  Json map = Json::object();
  for (const auto& field : node) {
    map[field.first.Scalar()] = tree_of(field.second);
  }
  return map;
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
  int merges_left = 1000;  // a mapping may merge itself
  std::vector<YamlField> fields;
  add_fields(node, merges_left, fields);
  return fields;
}

void YamlFields::add_fields(const YAML::Node& node, int& merges_left,
                            std::vector<YamlField>& fields) {
  const bool is_merged = !fields.empty();
  for (const auto& field : node) {
    const std::string& key = field.first.Scalar();
    const bool is_overridden =
        is_merged &&
        std::ranges::find(fields, key, &YamlField::first) != fields.end();
    if (!is_merge_key(field.first) && !is_overridden) {
      fields.emplace_back(key, field.second);
    }
  }
  for (const auto& field : node) {
    if (is_merge_key(field.first)) {
      merge_fields(field.second, merges_left, fields);
    }
  }
}

void YamlFields::merge_fields(const YAML::Node& from, int& merges_left,
                              std::vector<YamlField>& fields) {
  if (--merges_left < 0) {
    refuse(from, "<<: too many mappings are merged");
  } else if (from.IsMap()) {
    add_fields(from, merges_left, fields);
  } else if (from.IsSequence()) {
    for (const auto& one : from) {
      merge_fields(one, merges_left, fields);
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
    refuse(node, key + ": expected text");
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

std::string json_of(const YAML::Node& node) {
  return tree_of(node).dump(-1, ' ', false,
                            nlohmann::json::error_handler_t::replace);
}

}  // namespace kprofefe::kube
