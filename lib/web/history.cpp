// SPDX-License-Identifier: MIT
#include "web/history.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::web {

std::string History::add(source::LoadedProfile loaded, std::string kind,
                         std::string route, bool is_capture) {
  Entry entry{.id = std::to_string(++added_),
              .title = source::title_of(loaded),
              .kind = std::move(kind),
              .route = std::move(route),
              .names = std::move(loaded.names),
              .is_incomplete = loaded.is_incomplete,
              .profile = std::make_shared<const pprof::Profile>(
                  std::move(loaded.profile))};
  entries_.push_back(entry);
  if (is_capture) {
    captures_.push_back(entry.id);
  }
  if (captures_.size() > k_most_captures) {
    std::erase_if(entries_, [&](const Entry& old) {
      return old.id == captures_.front();
    });
    captures_.pop_front();
  }
  return entry.id;
}

Result<Entry> History::find(std::string_view id) const {
  if (entries_.empty()) {
    return fail(ErrorKind::not_found, "there is no profile yet: capture one");
  }
  if (id.empty()) {
    return entries_.back();
  }
  const auto found = std::ranges::find(entries_, id, &Entry::id);
  if (found == entries_.end()) {
    return fail(ErrorKind::not_found,
                fmt::format("no profile \"{}\" in this session", one_line(id)));
  }
  return *found;
}

}  // namespace kprofefe::web
