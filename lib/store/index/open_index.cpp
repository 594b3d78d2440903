// SPDX-License-Identifier: MIT
#include "store/index/open_index.hpp"

#include "store/segment/io_error.hpp"
#include "store/segment/scanner.hpp"
#include "store/segment/segment_reader.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

namespace kprofefe::store {
namespace {

/// In one transaction: what is not bounded fills memory.
constexpr std::size_t k_entries_at_once = 1000;

/// What begins as a record and is none was half written. What begins otherwise
/// may be of a later version of this program, and is not ours to destroy.
bool begins_record(const SegmentReader& reader, std::uint64_t offset) {
  std::array<char, k_magic.size()> bytes{};
  const auto got = reader.read(offset, bytes);
  return got && k_magic.starts_with(std::string_view(bytes.data(), *got));
}

/// Adds to an index what a segment has beyond what it knows.
class CatchUp {
 public:
  CatchUp(Index& index, std::string path, std::uint32_t segment,
          std::vector<std::string>& notes)
      : index_(index),
        path_(std::move(path)),
        segment_(segment),
        notes_(notes) {}

  /// Errors: io; malformed (the index).
  Result<void> run(std::uint64_t from, bool is_last) {
    TRY_ASSIGN(const SegmentReader reader, SegmentReader::open(path_));
    Scanner scanner(
        [&reader](std::uint64_t offset, std::span<char> bytes) {
          return reader.read(offset, bytes);
        },
        reader.size(), from);
    for (;;) {
      TRY_ASSIGN(auto found, scanner.next());
      if (!found) {
        return flush(end_);
      }
      TRY(take(*std::move(found), reader, is_last));
    }
  }

 private:
  Result<void> take(Scanned found, const SegmentReader& reader, bool is_last) {
    if (auto* const record = std::get_if<ScannedRecord>(&found)) {
      return add(std::move(*record));
    }
    const auto& damage = std::get<DamagedBytes>(found);
    const bool is_end = is_last && damage.end == reader.size();
    return pass_over(damage, is_end && begins_record(reader, damage.begin));
  }

  Result<void> add(ScannedRecord record) {
    if (entries_.size() == k_entries_at_once) {
      TRY(flush(record.offset));
    }
    end_ = record.end;
    entries_.push_back({.metadata = std::move(record.metadata),
                        .place = {.segment = segment_, .offset = record.offset},
                        .size = record.body_bytes});
    return {};
  }

  Result<void> pass_over(const DamagedBytes& damage, bool is_tail) {
    notes_.push_back(fmt::format(
        "{}: {} bytes at {} {}: {}", path_, damage.end - damage.begin,
        damage.begin, is_tail ? "cut off" : "passed over", damage.what));
    end_ = is_tail ? damage.begin : damage.end;
    if (is_tail &&
        ::truncate(path_.c_str(), static_cast<off_t>(damage.begin)) != 0) {
      return io_error("cut off the end of", path_);
    }
    return {};
  }

  Result<void> flush(std::uint64_t indexed_to) {
    const auto added = index_.add(entries_, segment_, indexed_to);
    entries_.clear();
    return added;
  }

  Index& index_;
  std::string path_;
  std::uint32_t segment_;
  std::vector<std::string>& notes_;
  std::vector<IndexEntry> entries_;
  std::uint64_t end_ = 0;
};

/// Whether it knows of nothing that is not there any more.
bool is_of(const SegmentSizes& indexed, const SegmentSizes& there) {
  return std::ranges::all_of(indexed, [&](const auto& segment) {
    const auto found = there.find(segment.first);
    return found != there.end() && found->second >= segment.second;
  });
}

/// Errors: io; malformed, also when the index knows of what is not there.
Result<void> catch_up(Index& index, const std::string& folder,
                      std::vector<std::string>& notes) {
  TRY_ASSIGN(const SegmentSizes there, list_segments(folder));
  TRY_ASSIGN(SegmentSizes indexed, index.indexed());
  if (!is_of(indexed, there)) {
    return fail(
        ErrorKind::malformed,
        fmt::format("index {}: newer than the segments", Index::path(folder)));
  }
  for (const auto& [number, size] : there) {
    const std::uint64_t from = indexed[number];
    if (from == size) {
      continue;
    }
    CatchUp segment(index, segment_path(folder, number), number, notes);
    TRY(segment.run(from, number == there.rbegin()->first));
  }
  return {};
}

Result<Index> open_as_it_is(const std::string& folder, std::uint32_t window,
                            std::vector<std::string>& notes) {
  TRY_ASSIGN(Index index, Index::open(folder, window));
  TRY(catch_up(index, folder, notes));
  return index;
}

}  // namespace

Result<Index> open_index(const std::string& folder, std::uint32_t window,
                         std::vector<std::string>& notes) {
  Result<Index> index = open_as_it_is(folder, window, notes);
  if (index || index.error().kind != ErrorKind::malformed) {
    return index;
  }
  TRY_ASSIGN(const SegmentSizes there, list_segments(folder));
  if (!there.empty()) {
    notes.push_back(index.error().message + "; made anew from the segments");
  }
  return rebuild_index(folder, window, notes);
}

Result<Index> rebuild_index(const std::string& folder, std::uint32_t window,
                            std::vector<std::string>& notes) {
  TRY_ASSIGN(Index index, Index::create(folder, window));
  TRY(catch_up(index, folder, notes));
  return index;
}

}  // namespace kprofefe::store
