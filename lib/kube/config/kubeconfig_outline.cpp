// SPDX-License-Identifier: MIT
#include "kube/config/kubeconfig_outline.hpp"

#include <algorithm>
#include <cctype>

namespace kprofefe::kube {
namespace {

constexpr std::array<std::string_view, 3> k_sections = {
    "clusters:", "users:", "contexts:"};

struct Line {
  std::string_view text;  ///< without indentation and line end
  std::size_t indent = 0;
  std::size_t begin = 0;  ///< in the whole text
  std::size_t end = 0;    ///< behind the line end
};

/// The value on a line: behind `key: ` and `- `.
std::string_view value_of(std::string_view text) {
  if (const auto colon = text.find(": "); colon != std::string_view::npos) {
    text.remove_prefix(colon + 2);
  } else if (text.starts_with("- ")) {
    text.remove_prefix(2);
  } else {
    return {};
  }
  const auto begin = text.find_first_not_of(' ');
  return begin == std::string_view::npos ? std::string_view()
                                         : text.substr(begin);
}

/// Whether a value begins and ends on its line and means what it looks like.
bool is_plain(std::string_view value) {
  if (value.empty()) {
    return true;
  }
  const char first = value.front();
  const char last = value.back();
  switch (first) {
    case '&':
    case '*':
    case '!':
    case '?':
      return false;
    case '{':
      return last == '}';
    case '[':
      return last == ']';
    case '"':
    case '\'':
      return value.size() > 1 && last == first &&
             value.find('\\') == std::string_view::npos;
    default:
      return true;
  }
}

/// A name as it is meant; nothing when only a parser can tell.
std::optional<std::string> plain_name(std::string_view value) {
  if (value.size() > 1 && (value.front() == '"' || value.front() == '\'')) {
    const std::string_view inner = value.substr(1, value.size() - 2);
    const bool simple = !inner.empty() &&
                        inner.find_first_of("\"'\\") == std::string_view::npos;
    return simple ? std::optional(std::string(inner)) : std::nullopt;
  }
  const bool simple =
      !value.empty() && value.back() != ':' && value != "null" &&
      (std::isalnum(static_cast<unsigned char>(value.front())) != 0) &&
      std::ranges::all_of(value, [](unsigned char c) {
        return std::isalnum(c) != 0 ||
               std::string_view("-_.:/@+").contains(static_cast<char>(c));
      });
  return simple ? std::optional(std::string(value)) : std::nullopt;
}

class Outliner {
 public:
  explicit Outliner(std::string_view text) : text_(text) {}

  std::optional<KubeconfigOutline> run() {
    // Byte by byte this took as long as everything else.
    if (text_.contains('\t') || text_.contains('\r')) {
      return std::nullopt;
    }
    for (std::size_t at = 0; at < text_.size();) {
      const Line line = line_at(at);
      if (!take(line)) {
        return std::nullopt;
      }
      at = line.end;
    }
    return end_item(text_.size()) ? std::optional(std::move(outline_))
                                  : std::nullopt;
  }

 private:
  [[nodiscard]] Line line_at(std::size_t begin) const {
    const auto newline = text_.find('\n', begin);
    const std::size_t end =
        newline == std::string_view::npos ? text_.size() : newline;
    Line line{.text = text_.substr(begin, end - begin),
              .begin = begin,
              .end = std::min(end + 1, text_.size())};
    line.indent = std::min(line.text.find_first_not_of(' '), line.text.size());
    line.text.remove_prefix(line.indent);
    line.text = line.text.substr(0, line.text.find_last_not_of(' ') + 1);
    return line;
  }

  bool take(const Line& line) {
    if (line.text.empty() || line.text.starts_with('#')) {
      return true;
    }
    if (!is_plain(value_of(line.text)) || line.text.starts_with("<<")) {
      return false;
    }
    const bool is_item = line.text == "-" || line.text.starts_with("- ");
    if (line.indent == 0 && !(is_item && section_)) {
      return take_key(line);
    }
    return section_ ? take_in_section(line, is_item) : keep(line);
  }

  /// A field of the kubeconfig itself.
  bool take_key(const Line& line) {
    if (!end_item(line.begin)) {
      return false;
    }
    section_.reset();
    item_indent_.reset();
    for (std::size_t i = 0; i < k_sections.size(); ++i) {
      if (line.text == k_sections.at(i)) {
        section_ = i;
        return true;
      }
      if (line.text.starts_with(k_sections.at(i)) &&
          value_of(line.text) != "[]") {
        return false;
      }
    }
    const bool is_key =
        (std::isalpha(static_cast<unsigned char>(line.text.front())) != 0) &&
        line.text.contains(':');
    return (is_key || (line.begin == 0 && line.text == "---")) && keep(line);
  }

  bool keep(const Line& line) {
    outline_.rest += text_.substr(line.begin, line.end - line.begin);
    return true;
  }

  bool take_in_section(const Line& line, bool is_item) {
    if (is_item && (!item_indent_ || line.indent == *item_indent_)) {
      item_indent_ = line.indent;
      return end_item(line.begin) && begin_item(line);
    }
    if (!item_indent_ || line.indent <= *item_indent_) {
      return false;
    }
    return line.indent != key_indent_ || take_field(line.text);
  }

  bool begin_item(const Line& line) {
    item_begin_ = line.begin;
    const auto key = line.text.find_first_not_of(' ', 1);
    if (key == std::string_view::npos) {
      return false;
    }
    key_indent_ = line.indent + key;
    return take_field(line.text.substr(key));
  }

  /// `name: ...` and the like; a field that is one line must be a name.
  bool take_field(std::string_view text) {
    if (text.starts_with("name:")) {
      name_ = plain_name(value_of(text));
      return name_.has_value();
    }
    return true;
  }

  bool end_item(std::size_t at) {
    if (!item_begin_) {
      return true;
    }
    const std::string_view lines =
        text_.substr(*item_begin_, at - *item_begin_);
    item_begin_.reset();
    const bool is_new =
        name_ && outline_.entries.at(*section_).emplace(*name_, lines).second;
    name_.reset();
    return is_new;
  }

  std::string_view text_;
  KubeconfigOutline outline_;
  std::optional<std::size_t> section_;
  std::optional<std::size_t> item_indent_;
  std::size_t key_indent_ = 0;
  std::optional<std::size_t> item_begin_;
  std::optional<std::string> name_;
};

}  // namespace

std::optional<KubeconfigOutline> outline_kubeconfig(std::string_view text) {
  return Outliner(text).run();
}

}  // namespace kprofefe::kube
