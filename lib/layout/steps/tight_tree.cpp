// SPDX-License-Identifier: MIT
#include "layout/steps/tight_tree.hpp"

#include <functional>
#include <queue>
#include <utility>

namespace kprofefe::layout {
namespace {

/// A tree that moves as one: its values are kept less what it has moved by.
class Growing {
 public:
  Growing(const std::vector<Span>& spans, std::vector<std::int64_t>& values,
          const Groups& out, const Groups& in)
      : spans_(spans),
        values_(values),
        out_(out),
        in_(in),
        has_(values.size()) {
    tree_.reserve(values.size());
  }

  std::vector<Index> grow() {
    add(0);
    while (add_nearest()) {
    }
    for (std::int64_t& value : values_) {
      value += moved_;
    }
    return std::move(tree_);
  }

 private:
  /// What is left of the length of a span when the tree has not moved, and it.
  using Candidate = std::pair<std::int64_t, Index>;
  using Queue =
      std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>>;

  void add(Index node) {
    has_[node] = true;
    values_[node] -= moved_;
    for (const Index span : out_[node]) {
      const Span& it = spans_[span];
      if (!has_[it.head]) {
        leaving_.emplace(values_[it.head] - values_[node] - it.min_length,
                         span);
      }
    }
    for (const Index span : in_[node]) {
      const Span& it = spans_[span];
      if (!has_[it.tail]) {
        coming_.emplace(values_[node] - values_[it.tail] - it.min_length, span);
      }
    }
  }

  /// False: there is nothing to add.
  bool add_nearest() {
    drop_added(leaving_, &Span::head);
    drop_added(coming_, &Span::tail);
    if (leaving_.empty() && coming_.empty()) {
      return false;
    }
    const bool leaves = coming_.empty() ||
                        (!leaving_.empty() && leaving_.top().first - moved_ <=
                                                  coming_.top().first + moved_);
    Queue& queue = leaves ? leaving_ : coming_;
    const auto [length, span] = queue.top();
    queue.pop();
    moved_ = leaves ? length : -length;
    tree_.push_back(span);
    add(leaves ? spans_[span].head : spans_[span].tail);
    return true;
  }

  void drop_added(Queue& queue, Index Span::* end) const {
    while (!queue.empty() && has_[spans_[queue.top().second].*end]) {
      queue.pop();
    }
  }

  const std::vector<Span>& spans_;
  std::vector<std::int64_t>& values_;
  const Groups& out_;
  const Groups& in_;
  std::vector<bool> has_;
  std::vector<Index> tree_;
  Queue leaving_;
  Queue coming_;
  std::int64_t moved_ = 0;
};

}  // namespace

std::vector<Index> grow_tight_tree(const std::vector<Span>& spans,
                                   std::vector<std::int64_t>& values,
                                   const Groups& out, const Groups& in) {
  return Growing(spans, values, out, in).grow();
}

}  // namespace kprofefe::layout
