// SPDX-License-Identifier: MIT
#include "view/graph/tags.hpp"

#include "base/arithmetic.hpp"
#include "base/hash_index.hpp"
#include "pprof/measurement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace kprofefe::view {
namespace {

// The only numeric label that a graph shows, as of pprof.
constexpr std::string_view k_number_key = "bytes";

// The label that marks the samples of a base.
constexpr std::string_view k_base_key = "pprof::base";

/// No picture has room for more, and labels cost little in a file.
constexpr std::size_t k_most_values = std::size_t{1} << 22;
constexpr std::size_t k_most_label_bytes = std::size_t{1} << 20;

/// Texts by number; 0 is "".
class TextNumbers {
 public:
  TextNumbers() { add(""); }

  std::uint32_t add(const std::string& text) {
    const auto [found, is_new] =
        numbers_.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
    if (is_new) {
      texts_.push_back(text);
    }
    return found->second;
  }

  [[nodiscard]] const std::string& at(std::uint32_t number) const {
    return texts_[number];
  }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> texts_;
};

/// What a tag is told by: of the node, all labels together, the number's name
/// (0: the labels' own tag).
struct TagKey {
  std::uint32_t node = 0;
  std::uint32_t labels = 0;
  std::uint32_t name = 0;

  auto operator<=>(const TagKey&) const = default;
};

struct TagValue {
  TagKey key;
  std::int64_t number = 0;
  Weight flat;
  Weight cum;
};

/// A number of the sample at hand.
struct SampleNumber {
  std::uint32_t name = 0;
  std::int64_t number = 0;
};

class TagCollector {
 public:
  TagCollector(const Prepared& prepared, const std::vector<bool>& is_kept)
      : prepared_(prepared),
        is_kept_(is_kept),
        number_key_(prepared.profile.strings.find(k_number_key)),
        base_key_(prepared.profile.strings.find(k_base_key)),
        unit_(number_unit(prepared)) {}

  void add(std::size_t sample, const NodesOfSample& nodes_of) {
    const Weight weight = prepared_.weight_of(sample);
    if (weight.is_zero() || !read_labels(sample)) {
      return;
    }
    nodes_.clear();
    nodes_of(sample, nodes_);
    for (std::size_t at = 0; at < nodes_.size(); ++at) {
      if (is_kept_[nodes_[at]]) {
        add_at(nodes_[at], weight, at == 0);
      }
    }
  }

  std::vector<NodeTags> take() {
    std::ranges::sort(values_, {}, &TagValue::key);
    std::vector<NodeTags> tags(is_kept_.size());
    for (const TagValue& value : values_) {
      put(tags[value.key.node], value);
    }
    return tags;
  }

 private:
  /// Whether the sample has any.
  bool read_labels(std::size_t sample) {
    const pprof::Profile& profile = prepared_.profile;
    parts_.clear();
    numbers_.clear();
    std::size_t bytes = 0;
    for (const pprof::Label& label :
         profile.labels_of(profile.samples[sample])) {
      if (!label.is_number && label.key != base_key_ &&
          bytes < k_most_label_bytes) {
        parts_.push_back(fmt::format("{}:{}", profile.strings.at(label.key),
                                     profile.strings.at(label.text)));
        bytes += parts_.back().size();
      } else if (label.is_number && label.key == number_key_) {
        numbers_.push_back({name_of(label.number), label.number});
      }
    }
    if (parts_.empty() && numbers_.empty()) {
      return false;
    }
    std::ranges::sort(parts_);
    labels_ = texts_.add(fmt::format("{}", fmt::join(parts_, "\\n")));
    return true;
  }

  std::uint32_t name_of(std::int64_t number) {
    const auto [found, is_new] = names_.try_emplace(number, 0);
    if (is_new) {
      found->second = texts_.add(
          pprof::measure_text(number, unit_, prepared_.options.unit));
    }
    return found->second;
  }

  void add_at(std::uint32_t node, const Weight& weight, bool is_leaf) {
    if (labels_ != 0) {
      add_value({node, labels_, 0}, 0, weight, is_leaf);
    }
    for (const SampleNumber& number : numbers_) {
      add_value({node, labels_, number.name}, number.number, weight, is_leaf);
    }
  }

  void add_value(const TagKey& key, std::int64_t number, const Weight& weight,
                 bool is_leaf) {
    const std::uint64_t hash =
        mix_hash(mix_hash(mix_hash(0, key.node), key.labels), key.name);
    const auto found = index_.find(
        hash, [&](std::uint32_t at) { return values_[at].key == key; });
    if (!found && values_.size() >= k_most_values) {
      return;
    }
    if (!found) {
      index_.add(hash, static_cast<std::uint32_t>(values_.size()));
      values_.push_back({.key = key, .number = number});
    }
    TagValue& value = found ? values_[*found] : values_.back();
    value.cum += weight;
    if (is_leaf) {
      value.flat += weight;
    }
  }

  /// Values of one node come by their labels, with the labels' own tag first.
  void put(NodeTags& tags, const TagValue& value) const {
    const std::string& labels = texts_.at(value.key.labels);
    if (tags.empty() || tags.back().tag.name != labels) {
      tags.push_back({.tag = {.name = labels}});
    }
    TagGroup& group = tags.back();
    NodeTag tag = {.name = texts_.at(value.key.name),
                   .number = value.number,
                   .flat = value.flat,
                   .cum = value.cum};
    if (value.key.name != 0) {
      group.numbers.push_back(std::move(tag));
    } else {
      tag.name = labels;
      group.tag = std::move(tag);
    }
  }

  const Prepared& prepared_;
  const std::vector<bool>& is_kept_;
  std::optional<pprof::StringId> number_key_;
  std::optional<pprof::StringId> base_key_;
  std::string unit_;
  TextNumbers texts_;
  std::unordered_map<std::int64_t, std::uint32_t> names_;  // by number
  HashIndex index_;
  std::vector<TagValue> values_;
  // Of the sample at hand.
  std::vector<std::string> parts_;
  std::vector<SampleNumber> numbers_;
  std::vector<std::uint32_t> nodes_;
  std::uint32_t labels_ = 0;
};

bool is_small(const NodeTag& tag, std::int64_t cutoff) {
  return magnitude(tag.flat.sum) < cutoff && magnitude(tag.cum.sum) < cutoff;
}

bool has_flat(const NodeTag& tag) {
  return tag.flat.sum != 0;
}

}  // namespace

std::vector<NodeTags> collect_tags(const Prepared& prepared,
                                   const NodesOfSample& nodes_of,
                                   const std::vector<bool>& is_kept) {
  TagCollector collector(prepared, is_kept);
  for (std::size_t at = 0; at < prepared.profile.samples.size(); ++at) {
    collector.add(at, nodes_of);
  }
  return collector.take();
}

void drop_small_tags(std::vector<NodeTags>& tags, std::int64_t cutoff) {
  for (NodeTags& of_node : tags) {
    for (TagGroup& group : of_node) {
      group.is_shown = !group.tag.name.empty() && !is_small(group.tag, cutoff);
      std::erase_if(group.numbers, [&](const NodeTag& number) {
        return is_small(number, cutoff);
      });
    }
  }
}

std::size_t count_flat(const NodeTags& tags) {
  std::size_t count = 0;
  for (const TagGroup& group : tags) {
    count += group.is_shown && has_flat(group.tag) ? 1U : 0U;
    count += static_cast<std::size_t>(
        std::ranges::count_if(group.numbers, has_flat));
  }
  return count;
}

std::string number_unit(const Prepared& prepared) {
  const auto key = prepared.profile.strings.find(k_number_key);
  const auto found =
      key ? prepared.number_units.find(*key) : prepared.number_units.end();
  return found == prepared.number_units.end() ? "" : found->second;
}

}  // namespace kprofefe::view
