// SPDX-License-Identifier: MIT
#pragma once

#include "http/message.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::kube {

/// Takes a text for people, printable and on one line.
using OnWarning = std::function<void(std::string_view text)>;

/// The texts of one `Warning` header (RFC 7234, 5.5) of the code 299, which is
/// the API server's (KEP 1693). What is malformed ends the reading.
std::vector<std::string> warning_texts(std::string_view header);

/// Tells a listener what the API server's answers warn of, each text once
/// however many answers bring it, and of a hundred different ones at most.
class ServerWarnings {
 public:
  explicit ServerWarnings(OnWarning listener)
      : listener_(std::move(listener)) {}

  /// `headers` of an answer that is the API server's own.
  void take(const http::Headers& headers);

 private:
  OnWarning listener_;  ///< empty: nobody listens
  std::set<std::string> told_;
};

}  // namespace kprofefe::kube
