// SPDX-License-Identifier: MIT
#include "web/kept_documents.hpp"

#include <utility>

namespace kprofefe::web {

const Document* KeptDocuments::find(std::string_view key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    return nullptr;
  }
  kept_.splice(kept_.begin(), kept_, found->second);
  return &kept_.front().document;
}

void KeptDocuments::keep(const std::string& key, Document document) {
  const std::size_t size = document.body.size();
  if (size > most_bytes_ || by_key_.contains(key)) {
    return;
  }
  bytes_ += size;
  kept_.push_front({.key = key, .document = std::move(document)});
  by_key_.emplace(key, kept_.begin());
  while (bytes_ > most_bytes_) {
    bytes_ -= kept_.back().document.body.size();
    by_key_.erase(kept_.back().key);
    kept_.pop_back();
  }
}

}  // namespace kprofefe::web
