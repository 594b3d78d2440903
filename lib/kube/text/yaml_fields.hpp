// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <yaml-cpp/yaml.h>

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::kube {

/// A field of a mapping.
using YamlField = std::pair<std::string, YAML::Node>;

/// A field of an entry that is text: its key and where it goes.
template <typename Entry>
struct TextField {
  std::string_view key;
  std::string Entry::* member;
};

/// Reads the fields of one configuration file. The first thing that is wrong is
/// kept, with its line; what comes after does no harm. `null` is not there.
class YamlFields {
 public:
  /// `path` is that of a kubeconfig, which errors name; it must outlive this.
  explicit YamlFields(const std::string& path);

  /// Errors begin with `prefix` and the line instead.
  YamlFields(const std::string& path, std::string prefix)
      : path_(path), prefix_(std::move(prefix)) {}

  [[nodiscard]] std::unexpected<Error> fail_at(const YAML::Mark& mark,
                                               std::string_view why) const;

  void refuse(const YAML::Node& node, std::string_view why);
  /// The fields of the mapping `node` and, behind them, those that it takes
  /// over from others by `<<` and does not have itself.
  std::vector<YamlField> fields_of(const YAML::Node& node);
  std::string read_text(const std::string& key, const YAML::Node& node);
  bool read_bool(const std::string& key, const YAML::Node& node);
  std::vector<std::string> read_texts(const std::string& key,
                                      const YAML::Node& node);
  std::map<std::string, std::string, std::less<>> read_text_map(
      const std::string& of, const YAML::Node& node);
  /// Whatever `node` is, as JSON; see json_of().
  std::string read_json(const std::string& key, const YAML::Node& node);
  /// True when `node` is a mapping; false, and refused, when it is something
  /// else; false when it is null.
  bool is_map(const std::string& key, const YAML::Node& node);
  /// The same for a list.
  bool is_list(const std::string& key, const YAML::Node& node);
  /// Refuses a text that is neither empty nor `expected`.
  void expect(const std::string& key, const YAML::Node& node,
              std::string_view expected);

  /// Those fields of the mapping `node` that `fields` names.
  template <typename Entry>
  void read_fields(const YAML::Node& node,
                   std::span<const TextField<Entry>> fields, Entry& entry) {
    for (const auto& [key, value] : fields_of(node)) {
      for (const TextField<Entry>& known : fields) {
        if (known.key == key) {
          entry.*(known.member) = read_text(key, value);
        }
      }
    }
  }

  [[nodiscard]] const std::string& path() const { return path_; }

  /// What was refused first.
  [[nodiscard]] const Result<void>& outcome() const { return outcome_; }

 private:
  /// The fields of one mapping on the way, and what has been looked at.
  struct Collected {
    std::vector<YamlField> fields;
    std::set<std::string> keys;
    int merges = 0;
    std::size_t values = 0;
  };

  void add_fields(const YAML::Node& node, Collected& collected);
  void merge_fields(const YAML::Node& from, Collected& collected);

  const std::string& path_;
  std::string prefix_;
  Result<void> outcome_;
};

}  // namespace kprofefe::kube
