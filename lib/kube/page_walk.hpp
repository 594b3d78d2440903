// SPDX-License-Identifier: MIT
#pragma once

#include "kube/pod.hpp"
#include "kube/status.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>

namespace kprofefe::kube {

/// Which pods of the cluster to list.
struct PodQuery {
  std::string ns;  ///< empty: all namespaces
  std::string label_selector;
  std::string field_selector;
  std::size_t chunk_size = 500;  ///< pods a page; 0: all in one
};

/// The way through the pages of one list: what to ask for next, also after a
/// page expired between two requests, and which pods were handed on already.
/// Pure: somebody else sends the requests.
class PageWalk {
 public:
  explicit PageWalk(PodQuery query) : query_(std::move(query)) {}

  /// Path and query of the page to ask for.
  [[nodiscard]] std::string path() const;

  /// A page has been read; `next` is its `metadata.continue`. False: it was
  /// the last.
  bool advance(std::string next);

  /// The server answered 410: the page is gone (they live 5 to 15 minutes).
  /// Goes on with the token it offers, or from the start. False: that cannot
  /// help, or has not helped several times.
  bool recover(const std::optional<Status>& status);

  /// True the first time that a pod is seen. Only a list in pages has to
  /// remember, eight bytes a pod.
  bool is_new(const Pod& pod);

  [[nodiscard]] std::size_t pages() const { return pages_; }

  [[nodiscard]] std::size_t restarts() const { return restarts_; }

 private:
  PodQuery query_;
  std::string continue_;
  std::size_t pages_ = 0;
  std::size_t restarts_ = 0;
  int recoveries_ = 0;  ///< since the last page
  std::unordered_set<std::uint64_t> seen_;
};

}  // namespace kprofefe::kube
