// SPDX-License-Identifier: MIT
#include "flame/grow.hpp"

#include "base/arithmetic.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <utility>

namespace kprofefe::flame {
namespace {

constexpr std::uint32_t k_no_branch = ~std::uint32_t{0};

/// A sample and how far its stack has been followed.
struct Path {
  const std::uint32_t* locations = nullptr;  ///< the leaf first
  std::uint32_t left = 0;    ///< locations that are still to come
  std::uint32_t passed = 0;  ///< frames of the next one that are behind us
  std::uint32_t sample = 0;
  std::uint32_t profile = 0;
  double width = 0;
  std::uint32_t branch = 0;  ///< where it goes next, into Grower::found_
};

/// Paths that have come the same way.
struct Branch {
  std::size_t begin = 0;  ///< into Grower::paths_
  std::size_t size = 0;
  std::uint32_t parent = 0;
  FrameId frame = 0;
  double width = 0;
  bool is_narrow = false;  ///< of several ways, none of them wide
};

class Grower {
 public:
  Grower(std::span<const Stacks> profiles, Frames& frames,
         const GrowthRules& rules)
      : profiles_(profiles), frames_(frames), rules_(rules) {
    std::size_t samples = 0;
    std::size_t columns = 0;
    for (const Stacks& stacks : profiles) {
      samples += stacks.profile->samples.size();
      columns += stacks.source.size();
    }
    growth_.columns.resize(columns);
    paths_.reserve(samples);
    for (std::uint32_t i = 0; i < profiles.size(); ++i) {
      add_paths(i);
    }
    scratch_.resize(paths_.size());
    double all = 0;
    for (const Path& path : paths_) {
      all += path.width;
    }
    min_width_ = all * rules.shape.min_share;
  }

  Growth grow() {
    std::vector<Branch> pending{{.begin = 0, .size = paths_.size()}};
    while (!pending.empty() && !growth_.is_full) {
      const Branch branch = pending.back();
      pending.pop_back();
      follow(branch);
      // What is drawn first is taken first.
      std::ranges::copy(found_ | std::views::reverse,
                        std::back_inserter(pending));
      growth_.is_full = growth_.nodes.size() > rules_.most_nodes;
    }
    for (Column& column : growth_.columns) {
      column.resize(growth_.nodes.size());
    }
    return std::move(growth_);
  }

 private:
  void add_paths(std::uint32_t number) {
    const Stacks& stacks = profiles_[number];
    const pprof::Profile& profile = *stacks.profile;
    const std::optional<std::size_t> index =
        rules_.sample_index < stacks.source.size()
            ? stacks.source[rules_.sample_index]
            : std::nullopt;
    for (std::uint32_t i = 0; i < profile.samples.size(); ++i) {
      const auto locations = profile.frames_of(profile.samples[i]);
      const std::int64_t value = index ? profile.values_of(i)[*index] : 0;
      growth_.has_negatives |= value < 0;
      paths_.push_back({.locations = locations.data(),
                        .left = static_cast<std::uint32_t>(locations.size()),
                        .sample = i,
                        .profile = number,
                        .width = std::abs(static_cast<double>(value))});
    }
  }

  /// The next frame of its stack; nothing behind the last.
  std::optional<FrameId> step(Path& path) {
    if (path.left == 0) {
      return std::nullopt;
    }
    const auto frames = profiles_[path.profile].reader->frames_at(
        path.locations[path.left - 1]);
    const FrameId frame = frames[path.passed];
    if (++path.passed == frames.size()) {
      path.passed = 0;
      --path.left;
    }
    return frame;
  }

  std::uint32_t add_node(std::uint32_t parent, FrameId frame) {
    const auto node = static_cast<std::uint32_t>(growth_.nodes.size());
    growth_.nodes.push_back(
        {parent, frame, node == 0 ? 0 : growth_.nodes[parent].depth + 1});
    return node;
  }

  void add_values(std::uint32_t node, const Path& path) {
    const Stacks& stacks = profiles_[path.profile];
    std::size_t column = path.profile * stacks.source.size();
    const auto values = stacks.profile->values_of(path.sample);
    for (const std::optional<std::size_t>& index : stacks.source) {
      Column& sums = growth_.columns[column++];
      if (index) {
        sums.resize(growth_.nodes.size());
        sums[node] = sum_of(sums[node], values[*index]);
      }
    }
  }

  /// Makes the branch a node and, in `found_`, its children.
  void follow(const Branch& branch) {
    const auto paths = std::span(paths_).subspan(branch.begin, branch.size);
    std::uint32_t node = add_node(branch.parent, branch.frame);
    found_.clear();
    if (branch.is_narrow) {
      for (const Path& path : paths) {
        add_values(node, path);
      }
    } else if (paths.size() == 1) {
      // Most nodes of a large tree are where a stack is alone.
      while (const std::optional<FrameId> frame = step(paths.front())) {
        node = add_node(node, *frame);
      }
      add_values(node, paths.front());
    } else {
      const std::size_t going_on = find_branches(node, paths);
      arrange(node, branch.begin, paths.first(going_on));
    }
  }

  /// The branches of paths that go on, which come to stand in front; of the
  /// others the values. How many go on.
  std::size_t find_branches(std::uint32_t node, std::span<Path> paths) {
    std::size_t going_on = 0;
    for (Path& path : paths) {
      const std::optional<FrameId> frame = step(path);
      if (!frame) {
        add_values(node, path);
        continue;
      }
      if (*frame >= branch_of_.size()) {
        branch_of_.resize(frames_.names.size(), k_no_branch);
      }
      std::uint32_t& number = branch_of_[*frame];
      if (number == k_no_branch) {
        number = static_cast<std::uint32_t>(found_.size());
        found_.push_back({.parent = node, .frame = *frame});
      }
      ++found_[number].size;
      found_[number].width += path.width;
      path.branch = number;
      paths[going_on++] = path;
    }
    for (const Branch& found : found_) {
      branch_of_[found.frame] = k_no_branch;
    }
    return going_on;
  }

  /// Puts the paths of each branch side by side, those of narrow ones behind
  /// all others, and the branches in the order in which they are drawn.
  void arrange(std::uint32_t node, std::size_t begin, std::span<Path> paths) {
    places_.assign(found_.size(), 0);
    std::size_t next = 0;
    Branch narrow{
        .parent = node, .frame = rules_.narrow_frame, .is_narrow = true};
    for (const bool is_narrow : {false, true}) {
      narrow.begin = begin + next;
      for (std::size_t i = 0; i < found_.size(); ++i) {
        Branch& branch = found_[i];
        if ((branch.width < min_width_) == is_narrow) {
          branch.begin = begin + next;
          places_[i] = next;
          next += branch.size;
        }
      }
    }
    for (const Path& path : paths) {
      scratch_[places_[path.branch]++] = path;
    }
    std::ranges::copy(std::span(scratch_).first(paths.size()), paths.begin());
    narrow.size = begin + next - narrow.begin;
    std::erase_if(found_, [this](const Branch& branch) {
      return branch.width < min_width_;
    });
    sort_found();
    if (narrow.size > 0) {
      growth_.is_partial = true;
      found_.push_back(narrow);
    }
  }

  void sort_found() {
    std::ranges::sort(found_, [this](const Branch& a, const Branch& b) {
      return !rules_.shape.by_name && a.width != b.width
                 ? a.width > b.width
                 : frames_.names.at(a.frame) < frames_.names.at(b.frame);
    });
  }

  std::span<const Stacks> profiles_;
  Frames& frames_;
  const GrowthRules& rules_;
  double min_width_ = 0;
  Growth growth_;
  std::vector<Path> paths_;
  std::vector<Path> scratch_;
  std::vector<Branch> found_;
  std::vector<std::size_t> places_;       // by branch found: of its next path
  std::vector<std::uint32_t> branch_of_;  // by frame, while one is followed
};

}  // namespace

Growth grow(std::span<const Stacks> profiles, Frames& frames,
            const GrowthRules& rules) {
  return Grower(profiles, frames, rules).grow();
}

}  // namespace kprofefe::flame
