// SPDX-License-Identifier: MIT
#include "kube/text/yaml_json.hpp"

#include "kube/text/yaml_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <utility>

namespace kprofefe::kube {
namespace {

using Json = nlohmann::ordered_json;

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

/// Follows one tree. Behind a fault everything is null.
class Tree {
 public:
  Json json_of(const YAML::Node& node, int depth) {
    if (depth > k_max_yaml_depth) {
      set_fault(node, fmt::format("nested deeper than {} levels: does an "
                                  "alias refer to its own anchor?",
                                  k_max_yaml_depth));
    } else if (++values_ > k_max_yaml_values) {
      set_fault(node, fmt::format("more than {} values: too many aliases?",
                                  k_max_yaml_values));
    }
    if (fault_) {
      return nullptr;
    }
    switch (node.Type()) {
      case YAML::NodeType::Scalar:
        count_bytes(node, node.Scalar().size());
        return scalar_of(node);
      case YAML::NodeType::Sequence:
        return list_of(node, depth);
      case YAML::NodeType::Map:
        return map_of(node, depth);
      default:
        return nullptr;
    }
  }

  [[nodiscard]] const std::optional<YamlFault>& fault() const { return fault_; }

 private:
  Json list_of(const YAML::Node& node, int depth) {
    Json list = Json::array();
    for (const auto& item : node) {
      if (fault_) {
        break;
      }
      list.push_back(json_of(item, depth + 1));
    }
    return list;
  }

  /// Of two fields with one name the last counts.
  Json map_of(const YAML::Node& node, int depth) {
    Json map = Json::object();
    for (const auto& field : node) {
      if (fault_) {
        break;
      }
      const std::string& key = field.first.Scalar();
      count_bytes(field.first, key.size());
      map[key] = json_of(field.second, depth + 1);
    }
    return map;
  }

  void count_bytes(const YAML::Node& node, std::size_t bytes) {
    bytes_ += bytes;
    if (bytes_ > k_max_yaml_bytes) {
      set_fault(node, fmt::format("more than {} bytes: too many aliases?",
                                  k_max_yaml_bytes));
    }
  }

  void set_fault(const YAML::Node& node, std::string why) {
    if (!fault_) {
      fault_ = YamlFault{node.Mark(), std::move(why)};
    }
  }

  std::size_t values_ = 0;
  std::size_t bytes_ = 0;
  std::optional<YamlFault> fault_;
};

}  // namespace

std::expected<std::string, YamlFault> json_of(const YAML::Node& node) {
  Tree tree;
  const Json json = tree.json_of(node, 1);
  if (tree.fault()) {
    return std::unexpected(*tree.fault());
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace kprofefe::kube
