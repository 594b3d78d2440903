// SPDX-License-Identifier: MIT
#include "kube/api/page_walk.hpp"

#include "http/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace kprofefe::kube {
namespace {

std::uint64_t hash_of(const std::string& text) {
  return std::hash<std::string>()(text);
}

}  // namespace

std::string PageWalk::path() const {
  http::Query query;
  query.add("labelSelector", query_.label_selector)
      .add("fieldSelector", query_.field_selector);
  if (query_.chunk_size > 0) {
    query.add("limit", std::to_string(query_.chunk_size));
  }
  // Never with resourceVersion: the API server refuses that with continue.
  query.add("continue", continue_);
  const std::string path =
      query_.ns.empty() ? std::string("/api/v1/pods")
                        : fmt::format("/api/v1/namespaces/{}/pods", query_.ns);
  return query.text().empty() ? path : path + "?" + query.text();
}

std::size_t PageWalk::max_page_bytes() const {
  // A pod is 10 to 20 KB, and etcd takes none of more than 1.5 MiB.
  constexpr std::size_t k_pod_bytes = std::size_t{128} << 10;
  constexpr std::size_t k_least = std::size_t{16} << 20;
  constexpr std::size_t k_most = std::size_t{1} << 30;
  if (query_.chunk_size == 0 || query_.chunk_size > k_most / k_pod_bytes) {
    return k_most;
  }
  return std::max(query_.chunk_size * k_pod_bytes, k_least);
}

Result<bool> PageWalk::advance(std::string next) {
  ++pages_;
  recoveries_ = 0;
  const bool is_useful = seen_.size() > seen_before_;
  ++(is_useful ? useful_pages_ : idle_pages_);
  seen_before_ = seen_.size();
  if (next.empty()) {
    return false;
  }
  if (const std::string why = why_endless(next); !why.empty()) {
    return fail(ErrorKind::malformed, "the pod list does not end: " + why);
  }
  continue_ = std::move(next);
  return true;
}

/// Empty: going on makes sense.
std::string PageWalk::why_endless(const std::string& next) {
  constexpr std::size_t k_patience = 20;
  if (!tokens_.insert(hash_of(next)).second) {
    return fmt::format("page {} repeats an earlier page", pages_);
  }
  // Who starts again goes over what there was already.
  if (idle_pages_ > k_patience + (restarts_ * useful_pages_)) {
    return fmt::format("{} pages without a new pod", idle_pages_);
  }
  if (seen_.size() > k_max_pods) {
    return fmt::format("more than {} pods", k_max_pods);
  }
  return {};
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
  tokens_.clear();
  return ++restarts_ <= k_max_restarts;
}

bool PageWalk::is_new(const Pod& pod) {
  return seen_
      .insert(hash_of(pod.uid.empty() ? pod.ns + "/" + pod.name : pod.uid))
      .second;
}

}  // namespace kprofefe::kube
