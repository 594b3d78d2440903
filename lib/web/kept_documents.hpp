// SPDX-License-Identifier: MIT
#pragma once

#include "web/reports.hpp"

#include <cstddef>
#include <list>
#include <map>
#include <string>
#include <string_view>

namespace kprofefe::web {

/// The reports that were made last: whoever goes back to one gets it at once.
/// Those that nobody asked for the longest go first.
class KeptDocuments {
 public:
  static constexpr std::size_t k_most_bytes = std::size_t{32} << 20;

  explicit KeptDocuments(std::size_t most_bytes = k_most_bytes)
      : most_bytes_(most_bytes) {}

  /// Null when it is not there; valid until the next call of keep().
  const Document* find(std::string_view key);

  /// One that alone is too large is not kept.
  void keep(const std::string& key, Document document);

 private:
  struct Kept {
    std::string key;
    Document document;
  };

  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::list<Kept> kept_;  ///< the last that was asked for first
  std::map<std::string, std::list<Kept>::iterator, std::less<>> by_key_;
};

}  // namespace kprofefe::web
