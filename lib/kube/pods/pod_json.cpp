// SPDX-License-Identifier: MIT
#include "kube/pods/pod_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace kprofefe::kube {
namespace {

/// A place in a text that all its copies share. nlohmann's parser does not say
/// how far it came, and this one can be asked.
class Cursor {
 public:
  // NOLINTBEGIN(readability-identifier-naming): names of the standard library
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  // NOLINTEND(readability-identifier-naming)

  explicit Cursor(const char** place) : place_(place) {}

  const char& operator*() const { return **place_; }

  Cursor& operator++() {
    ++*place_;
    return *this;
  }

  friend bool operator==(const Cursor& one, const Cursor& other) {
    return *one.place_ == *other.place_;
  }

 private:
  const char** place_;
};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::size_t count_lines(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

/// nlohmann's events to ours.
class Events final : public nlohmann::json_sax<nlohmann::json> {
 public:
  /// The JSON begins at `start` of `text`.
  Events(PodReader& reader, const Document& text, std::size_t start,
         const std::string& name)
      : reader_(reader), text_(text), start_(start), name_(name) {}

  [[nodiscard]] const Result<void>& outcome() const { return outcome_; }

  bool null() override { return reader_.null(); }

  bool boolean(bool value) override {
    return reader_.scalar(value ? "true" : "false");
  }

  bool number_integer(number_integer_t value) override {
    return reader_.skipping() || reader_.scalar(std::to_string(value));
  }

  bool number_unsigned(number_unsigned_t value) override {
    return reader_.skipping() || reader_.scalar(std::to_string(value));
  }

  bool number_float(number_float_t /*value*/, const string_t& text) override {
    return reader_.skipping() || reader_.scalar(std::string(text));
  }

  bool string(string_t& value) override {
    return reader_.skipping() || reader_.scalar(std::move(value));
  }

  bool binary(binary_t& /*value*/) override { return false; }

  bool start_object(std::size_t /*size*/) override {
    return reader_.begin_object();
  }

  bool key(string_t& value) override {
    reader_.key(value);
    return true;
  }

  bool end_object() override { return reader_.end(); }

  bool start_array(std::size_t /*size*/) override {
    return reader_.begin_array();
  }

  bool end_array() override { return reader_.end(); }

  /// The library's own text repeats what it read, which may be anything.
  bool parse_error(std::size_t offset, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    const std::string_view json = text_.text;
    const std::size_t position = start_ + offset;
    if (position > json.size()) {
      outcome_ = fail(ErrorKind::malformed,
                      fmt::format("{}: unexpected end of JSON after {} "
                                  "bytes{}",
                                  name_, json.size(), from_line()));
      return false;
    }
    const std::string_view read = json.substr(0, position);
    const auto line = count_lines(read) + text_.line;
    const auto line_start = read.rfind('\n');
    const std::size_t column = line_start == std::string_view::npos
                                   ? position
                                   : position - line_start - 1;
    outcome_ = fail(ErrorKind::malformed,
                    fmt::format("{}: line {}, column {}: invalid JSON", name_,
                                line, column));
    return false;
  }

 private:
  [[nodiscard]] std::string from_line() const {
    return text_.line == 1
               ? ""
               : fmt::format(" of the document at line {}", text_.line);
  }

  PodReader& reader_;
  Document text_;
  std::size_t start_;
  const std::string& name_;
  Result<void> outcome_;
};

}  // namespace

Result<std::string> read_pods_json(std::string_view json,
                                   const std::string& name, OnPod on_pod) {
  PodReader reader(name, std::move(on_pod));
  Events events(reader, {.text = json}, 0, name);
  nlohmann::json::sax_parse(json.begin(), json.end(), &events);
  TRY(reader.outcome());
  TRY(events.outcome());
  return reader.next_page();
}

Result<void> read_pods_json_documents(const Document& text,
                                      const std::string& name,
                                      const OnPod& on_pod) {
  const char* const begin = text.text.data();
  const char* place = begin;
  const char* end = place + text.text.size();
  std::size_t line = text.line;
  do {
    const char* const start = place;
    PodReader reader(
        line == 1 ? name : fmt::format("{}: document at line {}", name, line),
        on_pod);
    Events events(reader, text, static_cast<std::size_t>(start - begin), name);
    constexpr bool k_to_the_end = false;
    nlohmann::json::sax_parse(Cursor(&place), Cursor(&end), &events,
                              nlohmann::json::input_format_t::json,
                              k_to_the_end);
    TRY(reader.outcome());
    TRY(events.outcome());
    place = std::ranges::find_if_not(place, end, is_space);
    line += count_lines({start, place});
  } while (place != end);
  return {};
}

}  // namespace kprofefe::kube
