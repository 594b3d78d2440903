// SPDX-License-Identifier: MIT
#pragma once

#include "base/hash_index.hpp"
#include "goroutines/filter.hpp"
#include "goroutines/names.hpp"
#include "goroutines/parser.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::goroutines {

/// Where a dump is from.
struct Source {
  std::string name;  ///< in messages: `pod/api-0`, a path, a URL
  std::string ns;
  std::string pod;  ///< empty: it is no pod
  std::uint64_t goroutines = 0;
  bool is_truncated = false;
};

/// How many goroutines of a group have something in common.
struct Share {
  std::uint32_t number = 0;  ///< of a state or a source
  std::uint64_t count = 0;
  std::uint32_t longest_minutes = 0;
};

/// One goroutine of a group.
struct Member {
  std::uint64_t id = 0;
  std::uint32_t minutes = 0;
  std::uint32_t state = 0;   ///< of Groups::state()
  std::uint32_t labels = 0;  ///< of Groups::labels()
  std::uint32_t source = 0;
  bool locked = false;
};

/// Goroutines with the same stack, created at the same place.
struct Group {
  std::string stack;  ///< see frame.hpp
  bool is_kept = true;
  std::uint64_t count = 0;  ///< 0: the filter has kept none
  std::uint64_t locked = 0;
  std::uint32_t longest_minutes = 0;
  std::vector<Share> states;  ///< in the order in which they came
  std::vector<Share> sources;
  std::vector<Member> members;  ///< empty unless they are kept
};

struct GroupOptions {
  Filter filter;
  bool keeps_members = false;
  /// For stacks that differ, with what belongs to them.
  std::size_t max_bytes = std::size_t{128} << 20;
  std::size_t max_members = 4'000'000;
};

/// What the groups are sorted by, most first; the other one decides of equals.
enum class SortBy : std::uint8_t { count, wait };

/// Goroutines of one or more dumps, grouped as they come.
class Groups {
 public:
  explicit Groups(GroupOptions options) : options_(std::move(options)) {}

  /// Begins a source; its number.
  std::uint32_t add_source(Source source);

  void add(const Goroutine& goroutine, std::uint32_t source);

  /// The dump of the source ends within a goroutine.
  void mark_truncated(std::uint32_t source) {
    sources_[source].is_truncated = true;
  }

  [[nodiscard]] const std::vector<Source>& sources() const { return sources_; }

  /// Those that the filter has left something of.
  [[nodiscard]] std::vector<const Group*> sorted(SortBy by) const;

  [[nodiscard]] const std::string& state(std::uint32_t number) const {
    return states_.at(number);
  }

  [[nodiscard]] const std::string& labels(std::uint32_t number) const {
    return labels_.at(number);
  }

  /// Different stacks, whatever the filter.
  [[nodiscard]] std::size_t stacks() const { return groups_.size(); }

  /// Goroutines, whatever the filter.
  [[nodiscard]] std::uint64_t goroutines() const { return goroutines_; }

  /// Those of them that the filter keeps, grouped or not.
  [[nodiscard]] std::uint64_t kept() const { return kept_; }

  /// Those without a group, because there were too many different stacks.
  [[nodiscard]] std::uint64_t not_grouped() const { return not_grouped_; }

  /// Those that are grouped, and no member, because there were too many.
  [[nodiscard]] std::uint64_t not_listed() const { return not_listed_; }

 private:
  Group* group_of(std::string_view stack);
  void count(const Header& header, std::uint32_t source, Group& group);

  GroupOptions options_;
  HashIndex index_;
  Names states_{200};  // there are some 40 in Go
  Names labels_{10'000};
  std::vector<Group> groups_;
  std::vector<Source> sources_;
  std::size_t bytes_ = 0;
  std::size_t members_ = 0;
  std::uint64_t goroutines_ = 0;
  std::uint64_t kept_ = 0;
  std::uint64_t not_grouped_ = 0;
  std::uint64_t not_listed_ = 0;
};

/// Adds one dump that comes in pieces.
class DumpReader {
 public:
  /// `groups` must outlive it.
  DumpReader(Groups* groups, Source source)
      : groups_(groups), source_(groups->add_source(std::move(source))) {}

  DumpReader(const DumpReader&) = delete;
  DumpReader& operator=(const DumpReader&) = delete;
  ~DumpReader() = default;

  void feed(std::string_view piece);

  /// How many goroutines there were.
  std::uint64_t finish();

 private:
  Groups* groups_;
  std::uint32_t source_;
  std::uint64_t bytes_ = 0;
  Parser parser_{
      [this](const Goroutine& goroutine) { groups_->add(goroutine, source_); }};
};

}  // namespace kprofefe::goroutines
