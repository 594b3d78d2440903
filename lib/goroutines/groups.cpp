// SPDX-License-Identifier: MIT
#include "goroutines/groups.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

namespace kprofefe::goroutines {
namespace {

/// writeGoroutineStacks() in Go's runtime/pprof gives up there.
constexpr std::uint64_t k_most_of_go = std::uint64_t{64} << 20;

/// What a group takes beside its stack.
constexpr std::size_t k_group_bytes = 2 * sizeof(Group);

Share& share_of(std::vector<Share>& shares, std::uint32_t number) {
  // Goroutines of one source come together.
  if (!shares.empty() && shares.back().number == number) {
    return shares.back();
  }
  const auto known = std::ranges::find(shares, number, &Share::number);
  return known != shares.end() ? *known : shares.emplace_back(Share{number});
}

void count(std::vector<Share>& shares, std::uint32_t number,
           std::uint32_t minutes) {
  Share& share = share_of(shares, number);
  ++share.count;
  share.longest_minutes = std::max(share.longest_minutes, minutes);
}

auto key_of(const Group& group, SortBy by) {
  const std::uint64_t minutes = group.longest_minutes;
  const bool by_count = by == SortBy::count;
  return std::tuple(by_count ? group.count : minutes,
                    by_count ? minutes : group.count);
}

}  // namespace

std::uint32_t Groups::add_source(Source source) {
  sources_.push_back(std::move(source));
  return static_cast<std::uint32_t>(sources_.size() - 1);
}

void Groups::add(const Goroutine& goroutine, std::uint32_t source) {
  ++goroutines_;
  ++sources_[source].goroutines;
  const bool is_wanted = keeps_header(options_.filter, goroutine.header);
  Group* const group = group_of(goroutine.stack);
  const bool is_kept = group != nullptr
                           ? group->is_kept
                           : keeps_stack(options_.filter, goroutine.stack);
  if (!is_wanted || !is_kept) {
    return;
  }
  ++kept_;
  if (group != nullptr) {
    count(goroutine.header, source, *group);
  } else {
    ++not_grouped_;
  }
}

/// Null: there are too many others.
Group* Groups::group_of(std::string_view stack) {
  const std::uint64_t hash = mix_hash(0, stack);
  const auto is_it = [&](std::uint32_t number) {
    return groups_[number].stack == stack;
  };
  if (const std::optional<std::uint32_t> known = index_.find(hash, is_it)) {
    return &groups_[*known];
  }
  if (bytes_ + stack.size() + k_group_bytes > options_.max_bytes) {
    return nullptr;
  }
  bytes_ += stack.size() + k_group_bytes;
  index_.add(hash, static_cast<std::uint32_t>(groups_.size()));
  return &groups_.emplace_back(
      Group{.stack = std::string(stack),
            .is_kept = keeps_stack(options_.filter, stack)});
}

void Groups::count(const Header& header, std::uint32_t source, Group& group) {
  const std::uint32_t state = states_.number_of(header.state);
  ++group.count;
  group.locked += header.locked ? 1 : 0;
  group.longest_minutes = std::max(group.longest_minutes, header.wait_minutes);
  goroutines::count(group.states, state, header.wait_minutes);
  goroutines::count(group.sources, source, header.wait_minutes);
  if (!options_.keeps_members) {
    return;
  }
  if (members_ == options_.max_members) {
    ++not_listed_;
    return;
  }
  ++members_;
  group.members.push_back({.id = header.id,
                           .minutes = header.wait_minutes,
                           .state = state,
                           .labels = labels_.number_of(header.labels),
                           .source = source,
                           .locked = header.locked});
}

std::vector<const Group*> Groups::sorted(SortBy by) const {
  std::vector<const Group*> sorted;
  sorted.reserve(groups_.size());
  for (const Group& group : groups_) {
    if (group.count > 0) {
      sorted.push_back(&group);
    }
  }
  std::ranges::sort(sorted, [by](const Group* a, const Group* b) {
    const auto of_a = key_of(*a, by);
    const auto of_b = key_of(*b, by);
    return of_a != of_b ? of_a > of_b : a->stack < b->stack;
  });
  return sorted;
}

void DumpReader::feed(std::string_view piece) {
  bytes_ += piece.size();
  parser_.feed(piece);
}

std::uint64_t DumpReader::finish() {
  parser_.finish();
  if (parser_.is_truncated() || bytes_ == k_most_of_go) {
    groups_->mark_truncated(source_);
  }
  return groups_->sources()[source_].goroutines;
}

}  // namespace kprofefe::goroutines
