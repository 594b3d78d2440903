// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace kprofefe::kube {

/// One of the documents that a file holds.
struct Document {
  std::string_view text;
  std::size_t line = 1;  ///< of the file, where it begins
};

/// The documents of a file, which `---` on lines of their own tell apart,
/// whatever format each of them has: kubectl splits before it parses, so that
/// one that is broken harms no other. Without those that hold nothing but white
/// space.
std::vector<Document> split_documents(std::string_view file);

}  // namespace kprofefe::kube
