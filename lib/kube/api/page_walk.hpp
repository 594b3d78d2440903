// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/api/status.hpp"
#include "kube/pod.hpp"

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
/// It ends whatever the server answers: with the last page, or with an error
/// when pages repeat, bring nothing new or bring more than a cluster can have.
/// Pure: somebody else sends the requests.
class PageWalk {
 public:
  /// Kubernetes is built for 150,000 pods a cluster.
  static constexpr std::size_t k_max_pods = 1'000'000;

  explicit PageWalk(PodQuery query) : query_(std::move(query)) {}

  /// Path and query of the page to ask for.
  [[nodiscard]] std::string path() const;

  /// The largest plausible page, in bytes.
  [[nodiscard]] std::size_t max_page_bytes() const;

  /// A page has been read; `next` is its `metadata.continue`. False: it was
  /// the last. Errors: malformed, if the list would not end.
  Result<bool> advance(std::string next);

  /// The server answered 410: the page is gone (they live 5 to 15 minutes).
  /// Goes on with the token it offers, or from the start. False: that cannot
  /// help, or has not helped several times.
  bool recover(const std::optional<Status>& status);

  /// True the first time that a pod is seen. Eight bytes a pod are remembered.
  bool is_new(const Pod& pod);

  [[nodiscard]] std::size_t pages() const { return pages_; }

  [[nodiscard]] std::size_t restarts() const { return restarts_; }

 private:
  [[nodiscard]] std::string why_endless(const std::string& next);

  PodQuery query_;
  std::string continue_;
  std::size_t pages_ = 0;
  std::size_t restarts_ = 0;
  int recoveries_ = 0;            ///< since the last page
  std::size_t seen_before_ = 0;   ///< pods, when the current page was asked for
  std::size_t useful_pages_ = 0;  ///< that brought a pod
  std::size_t idle_pages_ = 0;    ///< that did not
  std::unordered_set<std::uint64_t> tokens_;  ///< since the last start
  std::unordered_set<std::uint64_t> seen_;
};

}  // namespace kprofefe::kube
