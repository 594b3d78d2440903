// SPDX-License-Identifier: MIT
#include "store/check.hpp"

#include "base/fd.hpp"
#include "store/index/index.hpp"
#include "store/segment/folder.hpp"
#include "store/segment/scanner.hpp"
#include "store/segment/segment_reader.hpp"
#include "store/window/folder_lock.hpp"
#include "store/window/window.hpp"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <utility>
#include <variant>

namespace kprofefe::store {
namespace {

/// Checks one window.
class WindowCheck {
 public:
  WindowCheck(std::string folder, std::uint32_t day, CheckReport& report)
      : folder_(std::move(folder)), day_(day), report_(report) {}

  /// Errors: io.
  Result<void> run() {
    ++report_.windows;
    TRY(open_index());
    TRY_ASSIGN(const SegmentSizes segments, list_segments(folder_));
    for (const auto& [number, size] : segments) {
      ++report_.segments;
      report_.bytes += size;
      TRY(scan(number));
    }
    if (index_ && confirmed_ < rows_) {
      index_is_wrong(fmt::format("names {} profiles that no segment has whole",
                                 rows_ - confirmed_));
    }
    return {};
  }

 private:
  /// An index that cannot be used at all is made anew at the next start.
  Result<void> open_index() {
    auto index = Index::open(folder_, day_);
    if (!index && index.error().kind != ErrorKind::malformed) {
      return std::unexpected(std::move(index).error());
    }
    if (!index) {
      report_.notes.push_back(index.error().message);
      return {};
    }
    const auto rows = index->verify();
    auto indexed = index->indexed();
    if (!rows || !indexed) {
      index_is_wrong(rows ? indexed.error().message : rows.error().message);
      return {};
    }
    index_ = *std::move(index);
    rows_ = *rows;
    indexed_ = *std::move(indexed);
    return {};
  }

  Result<void> scan(std::uint32_t number) {
    TRY_ASSIGN(const SegmentReader reader,
               SegmentReader::open(segment_path(folder_, number)));
    Scanner scanner(
        [&reader](std::uint64_t offset, std::span<char> bytes) {
          return reader.read(offset, bytes);
        },
        reader.size());
    for (;;) {
      TRY_ASSIGN(const auto found, scanner.next());
      if (!found) {
        return {};
      }
      TRY(take(*found, number));
    }
  }

  Result<void> take(const Scanned& found, std::uint32_t number) {
    if (const auto* const record = std::get_if<ScannedRecord>(&found)) {
      ++report_.profiles;
      return compare(*record, number);
    }
    const auto& damaged = std::get<DamagedBytes>(found);
    report_.damage.push_back(
        {.file = segment_path(folder_, number),
         .offset = damaged.begin,
         .what = fmt::format("{} bytes: {}", damaged.end - damaged.begin,
                             damaged.what)});
    return {};
  }

  /// The index with what a segment says.
  Result<void> compare(const ScannedRecord& record, std::uint32_t number) {
    if (!index_ || record.end > indexed_[number]) {
      return {};
    }
    const Metadata& metadata = record.metadata;
    const std::string name =
        format_id({.window = day_, .digest = metadata.digest});
    auto found = index_->find(metadata.digest);
    if (!found && found.error().kind != ErrorKind::malformed) {
      return std::unexpected(std::move(found).error());
    }
    if (!found) {
      index_is_wrong(found.error().message);
    } else if (!*found) {
      index_is_wrong(fmt::format("lacks the profile {}", name));
    } else if ((*found)->place ==
               Place{.segment = number, .offset = record.offset}) {
      ++confirmed_;
      const StoredProfile& profile = (*found)->profile;
      if (profile.series != metadata.series ||
          profile.created_at != metadata.created_at ||
          profile.size != record.body_bytes) {
        index_is_wrong(fmt::format("describes the profile {} wrongly", name));
      }
    }
    return {};
  }

  void index_is_wrong(std::string what) {
    report_.damage.push_back(
        {.file = Index::path(folder_), .what = std::move(what)});
  }

  std::string folder_;
  std::uint32_t day_;
  CheckReport& report_;
  std::optional<Index> index_;
  std::uint64_t rows_ = 0;
  std::uint64_t confirmed_ = 0;
  SegmentSizes indexed_;
};

}  // namespace

Result<CheckReport> check(const std::string& folder) {
  TRY_ASSIGN(const Fd lock, lock_folder(folder));
  CheckReport report;
  TRY_ASSIGN(const auto names, folder_names(folder));
  for (const std::string& name : names) {
    const auto day = parse_window_name(name);
    const auto checked =
        day ? WindowCheck(fmt::format("{}/{}", folder, name), *day, report)
                  .run()
            : Result<void>();
    TRY(checked);
  }
  return report;
}

}  // namespace kprofefe::store
