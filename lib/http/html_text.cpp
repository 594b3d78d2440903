// SPDX-License-Identifier: MIT
#include "http/html_text.hpp"

#include "base/free_text.hpp"
#include "base/text.hpp"
#include "http/status_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kprofefe::http {
namespace {

using namespace std::string_view_literals;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_one_of(std::string_view word, auto&& words) {
  return std::ranges::any_of(words, [word](std::string_view other) {
    return equals_ignoring_case(word, other);
  });
}

/// `text` with the character references that error pages have as what they
/// stand for; others stay.
std::string decode_references(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12>
      k_references = {{{"&lt;", "<"},
                       {"&gt;", ">"},
                       {"&quot;", "\""},
                       {"&#34;", "\""},
                       {"&apos;", "'"},
                       {"&#39;", "'"},
                       {"&#x27;", "'"},
                       {"&rsquo;", "’"},
                       {"&#47;", "/"},
                       {"&nbsp;", " "},
                       {"&ndash;", "–"},
                       {"&amp;", "&"}}};
  std::string decoded;
  while (!text.empty()) {
    const auto* const found =
        std::ranges::find_if(k_references, [text](const auto& reference) {
          return text.starts_with(reference.first);
        });
    const bool is_reference = found != k_references.end();
    decoded += is_reference ? found->second : text.substr(0, 1);
    text.remove_prefix(is_reference ? found->first.size() : 1);
  }
  return decoded;
}

/// Where the next tag, comment or declaration begins; the end when none does.
std::size_t find_tag(std::string_view page) {
  for (std::size_t i = 0; i + 1 < page.size(); ++i) {
    const char next = page[i + 1];
    if (page[i] == '<' &&
        (is_letter(next) || next == '/' || next == '!' || next == '?')) {
      return i;
    }
  }
  return page.size();
}

/// The name of the tag that `page` begins with, of `</p>`, too; empty for a
/// comment or a declaration.
std::string_view tag_name(std::string_view page) {
  page.remove_prefix(page.starts_with("</") ? 2 : 1);
  const auto* const end = std::ranges::find_if_not(
      page, [](char c) { return is_letter(c) || is_digit(c); });
  return page.substr(0, static_cast<std::size_t>(end - page.begin()));
}

/// `page` behind the first `mark`; empty when there is none.
std::string_view behind(std::string_view page, std::string_view mark) {
  const auto found = find_phrase(page, mark);
  return found == std::string_view::npos ? ""sv
                                         : page.substr(found + mark.size());
}

/// `page` behind the tag it begins with, and behind the whole element if that
/// is not shown in the page.
std::string_view skip_tag(std::string_view page, std::string_view name) {
  constexpr std::array k_not_shown = {"title"sv, "style"sv, "script"sv};
  if (page.starts_with("<!--")) {
    return behind(page, "-->");
  }
  const auto* const hidden = std::ranges::find_if(
      k_not_shown,
      [name](std::string_view tag) { return equals_ignoring_case(name, tag); });
  if (hidden != k_not_shown.end() && !page.starts_with("</")) {
    page = behind(page, fmt::format("</{}", *hidden));
  }
  return behind(page, ">");
}

/// What a browser would show of the page: white space as it is written, and a
/// blank for every tag that does not stand within a word.
std::string shown_text(std::string_view page) {
  constexpr std::array k_inline = {"a"sv,    "b"sv,      "i"sv,    "u"sv,
                                   "em"sv,   "strong"sv, "code"sv, "tt"sv,
                                   "span"sv, "small"sv,  "font"sv};
  std::string text;
  while (!page.empty()) {
    const std::size_t tag = find_tag(page);
    text += page.substr(0, tag);
    page.remove_prefix(tag);
    if (!page.empty()) {
      const std::string_view name = tag_name(page);
      text += is_one_of(name, k_inline) ? "" : " ";
      page = skip_tag(page, name);
    }
  }
  return decode_references(text);
}

std::string title_of(std::string_view page) {
  const std::string_view title = behind(behind(page, "<title"), ">");
  return decode_references(title.substr(0, title.find('<')));
}

}  // namespace

std::string html_text(std::string_view page, std::size_t max_bytes) {
  std::string title = joined_lines(title_of(page), max_bytes);
  if (!title.empty() && !says_only_a_status(title)) {
    return title;
  }
  std::string text = joined_lines(shown_text(page), max_bytes);
  return text.empty() ? title : text;
}

}  // namespace kprofefe::http
