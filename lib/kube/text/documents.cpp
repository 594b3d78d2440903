// SPDX-License-Identifier: MIT
#include "kube/text/documents.hpp"

#include "base/text.hpp"

namespace kprofefe::kube {
namespace {

constexpr std::string_view k_separator = "---";

/// `---`, also with a comment behind it.
bool is_separator(std::string_view line) {
  if (!line.starts_with(k_separator)) {
    return false;
  }
  const std::string_view rest = line.substr(k_separator.size());
  return trim(rest).empty() || trim(rest).starts_with('#');
}

/// A `---` behind `%YAML 1.2` belongs to it.
bool is_directive(std::string_view text) {
  return trim(text).starts_with('%');
}

}  // namespace

std::vector<Document> split_documents(std::string_view file) {
  std::vector<Document> documents;
  const auto add = [&documents](Document document) {
    if (!trim(document.text).empty()) {
      documents.push_back(document);
    }
  };
  Document current{.text = file.substr(0, 0)};
  std::size_t line_number = 0;
  for (std::size_t at = 0; at < file.size();) {
    const auto newline = file.find('\n', at);
    const std::size_t end =
        newline == std::string_view::npos ? file.size() : newline + 1;
    const std::string_view line = file.substr(at, end - at);
    ++line_number;
    if (is_separator(line) && !is_directive(current.text)) {
      add(current);
      current = {.text = file.substr(end, 0), .line = line_number + 1};
    } else {
      current.text = {current.text.data(), current.text.size() + line.size()};
    }
    at = end;
  }
  add(current);
  return documents;
}

}  // namespace kprofefe::kube
