// SPDX-License-Identifier: MIT
#include "kube/page_walk.hpp"

#include "http/url.hpp"

#include <fmt/format.h>

#include <functional>
#include <utility>

namespace kprofefe::kube {

std::string PageWalk::path() const {
  http::Query query;
  query.add("labelSelector", query_.label_selector)
      .add("fieldSelector", query_.field_selector);
  if (query_.chunk_size > 0) {
    // Never with resourceVersion: the API server refuses that with continue.
    query.add("limit", std::to_string(query_.chunk_size))
        .add("continue", continue_);
  }
  const std::string path =
      query_.ns.empty() ? std::string("/api/v1/pods")
                        : fmt::format("/api/v1/namespaces/{}/pods", query_.ns);
  return query.text().empty() ? path : path + "?" + query.text();
}

bool PageWalk::advance(std::string next) {
  ++pages_;
  recoveries_ = 0;
  continue_ = std::move(next);
  return !continue_.empty();
}

bool PageWalk::recover(const std::optional<Status>& status) {
  constexpr int k_max_recoveries = 3;
  constexpr std::size_t k_max_restarts = 3;
  if (continue_.empty() || ++recoveries_ > k_max_recoveries) {
    return false;
  }
  if (status && !status->continue_token.empty()) {
    continue_ = status->continue_token;
    return true;
  }
  continue_.clear();
  return ++restarts_ <= k_max_restarts;
}

bool PageWalk::is_new(const Pod& pod) {
  if (query_.chunk_size == 0 || pod.uid.empty()) {
    return true;
  }
  return seen_.insert(std::hash<std::string>()(pod.uid)).second;
}

}  // namespace kprofefe::kube
