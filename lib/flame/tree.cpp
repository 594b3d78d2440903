// SPDX-License-Identifier: MIT
#include "flame/tree.hpp"

#include "base/arithmetic.hpp"
#include "base/hash_index.hpp"
#include "view/total.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

namespace kprofefe::flame {
namespace {

/// Grows a tree, its nodes in the order in which they are met.
class Builder {
 public:
  Builder(std::size_t columns, std::size_t most_nodes)
      : columns_(columns, Column(1)), most_nodes_(most_nodes) {
    nodes.emplace_back();
  }

  /// A stack may go beyond it, so that this is looked at from time to time.
  [[nodiscard]] bool is_full() const { return nodes.size() > most_nodes_; }

  std::uint32_t leaf(std::span<const FrameId> stack) {
    std::uint32_t node = 0;
    for (const FrameId frame : stack) {
      node = child(node, frame);
    }
    return node;
  }

  void add(std::size_t column, std::uint32_t node, std::int64_t value) {
    columns_[column].resize(nodes.size());
    std::int64_t& sum = columns_[column][node];
    sum = sum_of(sum, value);
  }

  std::vector<Column> take_columns() {
    for (Column& column : columns_) {
      column.resize(nodes.size());
    }
    return std::move(columns_);
  }

  std::vector<Node> nodes;

 private:
  std::uint32_t child(std::uint32_t parent, FrameId frame) {
    const std::uint64_t hash = mix_hash(mix_hash(0, parent), frame);
    const auto known = children_.find(hash, [&](std::uint32_t node) {
      return nodes[node].parent == parent && nodes[node].frame == frame;
    });
    if (known) {
      return *known;
    }
    const auto next = static_cast<std::uint32_t>(nodes.size());
    nodes.push_back({parent, frame, nodes[parent].depth + 1});
    children_.add(hash, next);
    return next;
  }

  std::vector<Column> columns_;
  std::size_t most_nodes_;
  HashIndex children_;
};

/// Which sample type of `base` is the one of `profile`, by type and unit.
std::optional<std::size_t> same_type(const pprof::Profile& profile,
                                     std::size_t type,
                                     const pprof::Profile& base) {
  const auto names = [](const pprof::Profile& of, std::size_t index) {
    const pprof::ValueKind& kind = of.sample_types[index];
    return std::pair(of.strings.at(kind.type), of.strings.at(kind.unit));
  };
  for (std::size_t i = 0; i < base.sample_types.size(); ++i) {
    if (names(base, i) == names(profile, type)) {
      return i;
    }
  }
  return std::nullopt;
}

/// Adds a profile's samples; `source[i]` of its types goes to the column
/// `first + i`. Ends when there are more nodes than builder.most_nodes.
void add_samples(Builder& builder, StackReader& reader,
                 const pprof::Profile& profile,
                 std::span<const std::optional<std::size_t>> source,
                 std::size_t first) {
  for (std::size_t i = 0; i < profile.samples.size() && !builder.is_full();
       ++i) {
    const std::uint32_t leaf =
        builder.leaf(reader.stack_of(profile.samples[i]));
    const std::span<const std::int64_t> values = profile.values_of(i);
    for (std::size_t type = 0; type < source.size(); ++type) {
      if (source[type]) {
        builder.add(first + type, leaf, values[*source[type]]);
      }
    }
  }
}

using Source = std::span<const std::optional<std::size_t>>;

/// By the sample types of the picture; `given` is by those of `profile`, or
/// empty.
std::vector<std::int64_t> totals_of(const pprof::Profile& profile,
                                    const std::vector<std::int64_t>& given,
                                    Source source) {
  const std::vector<std::int64_t> own =
      given.empty() ? view::totals_of(profile) : given;
  std::vector<std::int64_t> totals;
  totals.reserve(source.size());
  for (const std::optional<std::size_t>& type : source) {
    totals.push_back(type ? own[*type] : 0);
  }
  return totals;
}

/// The children of all nodes: those of i are [first[i], first[i + 1]).
struct Children {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> nodes;
};

Children children_of(std::span<const Node> nodes) {
  Children children{std::vector<std::uint32_t>(nodes.size() + 1),
                    std::vector<std::uint32_t>(nodes.size() - 1)};
  for (const Node& node : nodes.subspan(1)) {
    ++children.first[node.parent + 1];
  }
  std::partial_sum(children.first.begin(), children.first.end(),
                   children.first.begin());
  std::vector<std::uint32_t> next = children.first;
  for (std::uint32_t i = 1; i < nodes.size(); ++i) {
    children.nodes[next[nodes[i].parent]++] = i;
  }
  return children;
}

/// The nodes in pre-order, the widest child first, of equal ones by name.
std::vector<std::uint32_t> pre_order(const Tree& tree,
                                     std::span<const double> width) {
  Children children = children_of(tree.nodes);
  std::vector<std::uint32_t> order;
  order.reserve(tree.nodes.size());
  std::vector<std::uint32_t> stack{0};
  const auto narrower = [&](std::uint32_t a, std::uint32_t b) {
    return width[a] != width[b] ? width[a] < width[b]
                                : tree.frames.names.at(tree.nodes[a].frame) >
                                      tree.frames.names.at(tree.nodes[b].frame);
  };
  while (!stack.empty()) {
    const std::uint32_t node = stack.back();
    stack.pop_back();
    order.push_back(node);
    const auto begin = children.nodes.begin() + children.first[node];
    const auto end = children.nodes.begin() + children.first[node + 1];
    std::sort(begin, end, narrower);
    stack.insert(stack.end(), begin, end);
  }
  return order;
}

template <typename T>
std::vector<T> permuted(const std::vector<T>& from,
                        std::span<const std::uint32_t> order) {
  std::vector<T> to;
  to.reserve(from.size());
  for (const std::uint32_t index : order) {
    to.push_back(from[index]);
  }
  return to;
}

void reorder(Tree& tree, std::span<const std::uint32_t> order) {
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
  }
  tree.nodes = permuted(tree.nodes, order);
  for (Node& node : tree.nodes) {
    node.parent = place[node.parent];
  }
  for (std::vector<Column>* columns : {&tree.values, &tree.base_values}) {
    for (Column& column : *columns) {
      column = permuted(column, order);
    }
  }
}

}  // namespace

Result<Tree> build_tree(const Input& input, const Options& options,
                        const Shape& shape, std::size_t most_nodes) {
  Tree tree;
  const pprof::Profile& profile = *input.profile;
  const std::size_t types = profile.sample_types.size();
  Builder builder(input.base == nullptr ? types : 2 * types, most_nodes);
  std::vector<std::optional<std::size_t>> source(types);
  for (std::size_t type = 0; type < types; ++type) {
    source[type] = type;
  }
  StackReader reader(profile, options.granularity, tree.frames, shape.rename);
  add_samples(builder, reader, profile, source, 0);
  tree.totals = totals_of(profile, input.totals, source);
  if (input.base != nullptr) {
    for (std::size_t type = 0; type < types; ++type) {
      source[type] = same_type(profile, type, *input.base);
    }
    StackReader base(*input.base, options.granularity, tree.frames,
                     shape.rename);
    add_samples(builder, base, *input.base, source, types);
    tree.base_totals = totals_of(*input.base, input.base_totals, source);
  }
  if (builder.is_full()) {
    return fail(ErrorKind::malformed,
                fmt::format("the graph would have more than {} frames; filter "
                            "them with --focus, --ignore or --show-from",
                            most_nodes));
  }
  tree.values = builder.take_columns();
  tree.nodes = std::move(builder.nodes);
  if (input.base != nullptr) {
    const auto middle =
        tree.values.begin() + static_cast<std::ptrdiff_t>(types);
    tree.base_values.assign(std::move_iterator(middle),
                            std::move_iterator(tree.values.end()));
    tree.values.erase(middle, tree.values.end());
  }
  reorder(tree,
          pre_order(tree, shape.by_name ? std::vector<double>(tree.nodes.size())
                                        : widths(tree, options.sample_index)));
  return tree;
}

Column cumulate(std::span<const Node> nodes, Column values) {
  for (std::size_t i = nodes.size(); i-- > 1;) {
    std::int64_t& sum = values[nodes[i].parent];
    sum = sum_of(sum, values[i]);
  }
  return values;
}

std::vector<double> widths(const Tree& tree, std::size_t type) {
  std::vector<double> width(tree.nodes.size());
  for (const std::vector<Column>* columns : {&tree.values, &tree.base_values}) {
    for (std::size_t i = 0; type < columns->size() && i < width.size(); ++i) {
      width[i] += std::abs(static_cast<double>((*columns)[type][i]));
    }
  }
  for (std::size_t i = width.size(); i-- > 1;) {
    width[tree.nodes[i].parent] += width[i];
  }
  return width;
}

std::vector<FunctionTotal> function_totals(const Tree& tree, std::size_t type) {
  std::vector<FunctionTotal> totals(tree.frames.names.size());
  const Column cum = cumulate(tree.nodes, tree.values[type]);
  std::vector<std::uint32_t> on_stack(totals.size());
  std::vector<FrameId> stack;
  for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
    const Node& node = tree.nodes[i];
    for (; stack.size() >= node.depth; stack.pop_back()) {
      --on_stack[stack.back()];
    }
    FunctionTotal& total = totals[node.frame];
    total.frame = node.frame;
    total.flat = sum_of(total.flat, tree.values[type][i]);
    if (on_stack[node.frame]++ == 0) {
      total.cum = sum_of(total.cum, cum[i]);
    }
    stack.push_back(node.frame);
  }
  std::erase_if(totals, [](const FunctionTotal& total) {
    return total.flat == 0 && total.cum == 0;
  });
  std::ranges::sort(totals, [](const auto& a, const auto& b) {
    return std::tuple(b.flat, b.cum, a.frame) <
           std::tuple(a.flat, a.cum, b.frame);
  });
  return totals;
}

}  // namespace kprofefe::flame
