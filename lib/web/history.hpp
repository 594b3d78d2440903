// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/profile.hpp"
#include "source/loader.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::web {

/// A profile that the page can show.
struct Entry {
  std::string id;     ///< `1`, `2`, ... in the order they came
  std::string title;  ///< for people: `api-0 and 2 more`
  std::string kind;   ///< `cpu`; empty: not known
  std::string route;  ///< by which pods were reached; empty: from elsewhere
  std::vector<std::string> names;  ///< of what went into it
  bool is_incomplete = false;
  /// As it was loaded; the same for all who look at it.
  std::shared_ptr<const pprof::Profile> profile;
};

/// The profiles of one page, in the order they came. What is captured takes the
/// place of the oldest capture when there are too many; what the page was
/// opened with stays.
class History {
 public:
  static constexpr std::size_t k_most_captures = 50;

  /// Its id.
  std::string add(source::LoadedProfile loaded, std::string kind,
                  std::string route, bool is_capture);

  /// The one with that id, the newest when it is empty. Errors: not_found.
  [[nodiscard]] Result<Entry> find(std::string_view id) const;

  [[nodiscard]] const std::deque<Entry>& entries() const { return entries_; }

 private:
  std::deque<Entry> entries_;
  std::deque<std::string> captures_;  ///< ids
  std::size_t added_ = 0;
};

}  // namespace kprofefe::web
