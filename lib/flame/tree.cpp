// SPDX-License-Identifier: MIT
#include "flame/tree.hpp"

#include "base/arithmetic.hpp"
#include "flame/grow.hpp"
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

std::vector<std::optional<std::size_t>> all_types(std::size_t count) {
  std::vector<std::optional<std::size_t>> types;
  types.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    types.emplace_back(i);
  }
  return types;
}

/// By the sample types of `profile`.
std::vector<std::optional<std::size_t>> same_types(
    const pprof::Profile& profile, const pprof::Profile& base) {
  std::vector<std::optional<std::size_t>> types(profile.sample_types.size());
  for (std::size_t type = 0; type < types.size(); ++type) {
    types[type] = same_type(profile, type, base);
  }
  return types;
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
  GrowthRules rules{.sample_index = options.sample_index,
                    .shape = shape,
                    .most_nodes = most_nodes};
  if (shape.min_share > 0) {
    rules.narrow_frame = tree.frames.names.add(k_narrow_frames);
  }
  const pprof::Profile& profile = *input.profile;
  const std::size_t types = profile.sample_types.size();
  StackReader reader(profile, options.granularity, tree.frames, shape.rename);
  std::vector<Stacks> stacks{
      {.profile = &profile, .reader = &reader, .source = all_types(types)}};
  tree.totals = totals_of(profile, input.totals, stacks[0].source);
  std::optional<StackReader> base_reader;
  if (input.base != nullptr) {
    base_reader.emplace(*input.base, options.granularity, tree.frames,
                        shape.rename);
    stacks.push_back({.profile = input.base,
                      .reader = &*base_reader,
                      .source = same_types(profile, *input.base)});
    tree.base_totals =
        totals_of(*input.base, input.base_totals, stacks[1].source);
  }
  Growth growth = grow(stacks, tree.frames, rules);
  if (growth.is_full) {
    return fail(ErrorKind::malformed,
                fmt::format("the graph would have more than {} frames; filter "
                            "them with --focus, --ignore or --show-from",
                            most_nodes));
  }
  tree.nodes = std::move(growth.nodes);
  tree.is_partial = growth.is_partial;
  const auto first_of_base =
      growth.columns.begin() + static_cast<std::ptrdiff_t>(types);
  tree.values.assign(std::move_iterator(growth.columns.begin()),
                     std::move_iterator(first_of_base));
  tree.base_values.assign(std::move_iterator(first_of_base),
                          std::move_iterator(growth.columns.end()));
  if (growth.has_negatives && !shape.by_name) {
    reorder(tree, pre_order(tree, widths(tree, options.sample_index)));
  }
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
