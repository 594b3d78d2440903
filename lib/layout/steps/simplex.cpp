// SPDX-License-Identifier: MIT
#include "layout/steps/simplex.hpp"

#include "layout/steps/groups.hpp"
#include "layout/steps/tight_tree.hpp"

#include <algorithm>
#include <cstddef>
#include <span>

namespace kprofefe::layout {
namespace {

/// Of so many spans that could leave the tree the worst does.
constexpr std::size_t k_compared = 30;

class Simplex {
 public:
  Simplex(const std::vector<Span>& spans, std::vector<std::int64_t>& values,
          std::uint64_t steps)
      : spans_(spans),
        values_(values),
        steps_left_(steps),
        out_(values.size(), spans.size(),
             [&](Index span) { return spans[span].tail; }),
        in_(values.size(), spans.size(),
            [&](Index span) { return spans[span].head; }),
        tree_(grow_tight_tree(spans, values, out_, in_)),
        is_in_tree_(spans.size()),
        cut_(spans.size()),
        parent_(values.size(), k_none),
        first_(values.size()),
        size_(values.size()),
        order_(values.size()) {
    for (const Index span : tree_) {
      is_in_tree_[span] = true;
    }
    renumber(0);
    count_cuts();
  }

  void optimise() {
    for (std::size_t at = next_to_leave(); at != tree_.size();
         at = next_to_leave()) {
      const Index leaves = tree_[at];
      const Index enters = partner_of(leaves);
      if (enters == k_none) {
        return;  // the distance could grow without end: no weight is negative
      }
      exchange(leaves, enters);
      tree_[at] = enters;
    }
  }

  void centre() {
    for (const Index span : tree_) {
      if (cut_[span] != 0 || steps_left_ == 0) {
        continue;
      }
      const Index other = partner_of(span);
      if (other != k_none && slack(other) > 1) {
        lengthen(span, slack(other) / 2);
      }
    }
  }

 private:
  [[nodiscard]] std::int64_t slack(Index span) const {
    const Span& it = spans_[span];
    return values_[it.head] - values_[it.tail] - it.min_length;
  }

  [[nodiscard]] bool is_below(Index inner, Index top) const {
    return first_[inner] - first_[top] < size_[top];
  }

  /// The end of a span of the tree that is farther from the root.
  [[nodiscard]] Index lower_end(Index span) const {
    const Span& it = spans_[span];
    return parent_[it.tail] == span ? it.tail : it.head;
  }

  [[nodiscard]] Index other_end(Index span, Index node) const {
    const Span& it = spans_[span];
    return it.tail == node ? it.head : it.tail;
  }

  void spend(std::uint64_t steps) {
    steps_left_ -= std::min(steps_left_, steps);
  }

  /// Numbers what hangs at `top` so that each subtree is a range of order_.
  void renumber(Index top) {
    Index next = first_[top];
    stack_.push_back(top);
    while (!stack_.empty()) {
      const Index node = stack_.back();
      stack_.pop_back();
      order_[next] = node;
      first_[node] = next++;
      size_[node] = 1;
      push_children(node, out_[node]);
      push_children(node, in_[node]);
    }
    spend(next - first_[top]);
    while (--next > first_[top]) {
      const Index node = order_[next];
      size_[other_end(parent_[node], node)] += size_[node];
    }
  }

  void push_children(Index node, std::span<const Index> spans) {
    for (const Index span : spans) {
      if (is_in_tree_[span] && span != parent_[node]) {
        const Index child = other_end(span, node);
        parent_[child] = span;
        stack_.push_back(child);
      }
    }
  }

  /// What it would cost to lengthen each span of the tree by one: the weight of
  /// all that then gets longer, less of all that gets shorter.
  void count_cuts() {
    std::vector<std::int64_t> leaving(values_.size());
    for (const Span& span : spans_) {
      leaving[span.tail] += span.weight;
      leaving[span.head] -= span.weight;
    }
    for (std::size_t at = order_.size(); --at > 0;) {
      const Index node = order_[at];
      const Index span = parent_[node];
      const bool is_tail = spans_[span].tail == node;
      cut_[span] = is_tail ? leaving[node] : -leaving[node];
      leaving[other_end(span, node)] += leaving[node];
    }
  }

  /// Where in the tree; its size when nothing gets better.
  std::size_t next_to_leave() {
    std::size_t best = tree_.size();
    std::size_t found = 0;
    for (std::size_t i = 0; i < tree_.size() && found < k_compared; ++i) {
      search_from_ = search_from_ + 1 < tree_.size() ? search_from_ + 1 : 0;
      const std::int64_t cut = cut_[tree_[search_from_]];
      if (cut < 0) {
        ++found;
        if (best == tree_.size() || cut < cut_[tree_[best]]) {
          best = search_from_;
        }
      }
    }
    return steps_left_ == 0 ? tree_.size() : best;
  }

  /// Calls `use` with the nodes on the smaller side of a span of the tree;
  /// `is_tail_side`: the span begins there.
  template <typename Use>
  void for_smaller_side(Index span, const Use& use) {
    const Index top = lower_end(span);
    const std::span<const Index> all = order_;
    const bool is_tail_below = spans_[span].tail == top;
    if (size_[top] * std::size_t{2} <= all.size()) {
      use(all.subspan(first_[top], size_[top]), is_tail_below);
      spend(size_[top]);
    } else {
      use(all.first(first_[top]), !is_tail_below);
      use(all.subspan(first_[top] + size_[top]), !is_tail_below);
      spend(all.size() - size_[top]);
    }
  }

  /// The span against the direction of one of the tree that gets tight first
  /// when that one gets longer; k_none: none does.
  Index partner_of(Index leaves) {
    const Index top = lower_end(leaves);
    Index best = k_none;
    for_smaller_side(leaves, [&](std::span<const Index> nodes, bool is_tail) {
      for (const Index node : nodes) {
        best = tighter(best, node, is_tail ? in_[node] : out_[node], top);
      }
    });
    return best;
  }

  /// `best`, or one of a node's spans that has less slack and crosses the
  /// border of the subtree at `top`.
  [[nodiscard]] Index tighter(Index best, Index node,
                              std::span<const Index> spans, Index top) const {
    const bool side = is_below(node, top);
    for (const Index span : spans) {
      if (is_below(other_end(span, node), top) != side &&
          (best == k_none || slack(span) < slack(best))) {
        best = span;
      }
    }
    return best;
  }

  void lengthen(Index span, std::int64_t by) {
    for_smaller_side(span, [&](std::span<const Index> nodes, bool is_tail) {
      for (const Index node : nodes) {
        values_[node] += is_tail ? -by : by;
      }
    });
  }

  void exchange(Index leaves, Index enters) {
    if (const std::int64_t by = slack(enters); by > 0) {
      lengthen(leaves, by);
    }
    const std::int64_t cut = cut_[leaves];
    const Span& span = spans_[enters];
    const Index meeting = add_cut(span.tail, span.head, cut);
    add_cut(span.head, span.tail, -cut);
    cut_[enters] = -cut;
    cut_[leaves] = 0;
    is_in_tree_[leaves] = false;
    is_in_tree_[enters] = true;
    renumber(meeting);
  }

  /// Along the way up from `node` to where `other` is below. That place.
  Index add_cut(Index node, Index other, std::int64_t cut) {
    while (!is_below(other, node)) {
      const Index span = parent_[node];
      cut_[span] += spans_[span].tail == node ? cut : -cut;
      node = other_end(span, node);
    }
    return node;
  }

  const std::vector<Span>& spans_;
  std::vector<std::int64_t>& values_;
  std::uint64_t steps_left_;
  Groups out_;
  Groups in_;
  std::vector<Index> tree_;  ///< spans, all of them tight
  std::vector<bool> is_in_tree_;
  std::vector<std::int64_t> cut_;  ///< by span, of those in the tree
  std::vector<Index> parent_;      ///< by node: the span to its parent
  std::vector<Index> first_;       ///< by node: its place in order_
  std::vector<Index> size_;        ///< by node: of its subtree
  std::vector<Index> order_;
  std::vector<Index> stack_;
  std::size_t search_from_ = 0;
};

}  // namespace

void shorten(const std::vector<Span>& spans, std::vector<std::int64_t>& values,
             const SimplexLimits& limits) {
  if (values.size() < 2) {
    return;
  }
  Simplex simplex(spans, values, limits.steps);
  simplex.optimise();
  if (limits.centres) {
    simplex.centre();
  }
}

}  // namespace kprofefe::layout
