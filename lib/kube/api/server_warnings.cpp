// SPDX-License-Identifier: MIT
#include "kube/api/server_warnings.hpp"

#include "base/text.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace kprofefe::kube {
namespace {

/// Takes a word and the space behind it off the front of `text`.
std::string_view take_word(std::string_view& text) {
  const auto space = text.find(' ');
  const std::string_view word = text.substr(0, space);
  text.remove_prefix(word.size() + (space == std::string_view::npos ? 0 : 1));
  return word;
}

/// Takes a quoted-string (RFC 7230, 3.2.6); nothing where there is none.
std::optional<std::string> take_quoted(std::string_view& text) {
  if (!text.starts_with('"')) {
    return std::nullopt;
  }
  std::string content;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return content;
    }
    if (text[i] == '\\' && i + 1 < text.size()) {
      ++i;
    }
    content += text[i];
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> warning_texts(std::string_view header) {
  constexpr std::string_view k_code = "299";
  constexpr std::size_t k_max_bytes = 1000;
  std::vector<std::string> texts;
  for (header = trim(header); !header.empty();) {
    const std::string_view code = take_word(header);
    take_word(header);  // who warns; the API server says -
    const std::optional<std::string> text = take_quoted(header);
    if (!text) {
      break;
    }
    if (code == k_code && !trim(*text).empty()) {
      texts.push_back(one_line(*text, k_max_bytes));
    }
    header = trim(header);
    take_quoted(header);  // a date
    const auto next = header.find(',');
    header = next == std::string_view::npos ? std::string_view()
                                            : trim(header.substr(next + 1));
  }
  return texts;
}

void ServerWarnings::take(const http::Headers& headers) {
  constexpr std::size_t k_most = 100;
  if (!listener_) {
    return;
  }
  for (const auto& [name, value] : headers) {
    if (!equals_ignoring_case(name, "Warning")) {
      continue;
    }
    for (const std::string& text : warning_texts(value)) {
      if (told_.size() < k_most && told_.insert(text).second) {
        listener_(text);
      }
    }
  }
}

}  // namespace kprofefe::kube
