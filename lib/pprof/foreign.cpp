// SPDX-License-Identifier: MIT
#include "pprof/foreign.hpp"

#include "base/free_text.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace kprofefe::pprof {
namespace {

struct Magic {
  std::string_view bytes;
  std::string_view what;
};

using namespace std::string_view_literals;

/// So much of a text tells what it is.
constexpr std::size_t k_max_shown = 120;

constexpr std::array k_binary_formats = {
    Magic{"\x1f\x8b"sv, "gzip"},
    Magic{"\x28\xb5\x2f\xfd"sv, "zstd data"},
    Magic{"\xfd\x37zXZ\0"sv, "xz data"},
    Magic{"BZh91AY&SY"sv, "bzip2 data"},
    Magic{"\x78\x01"sv, "zlib data"},
    Magic{"\x78\x9c"sv, "zlib data"},
    Magic{"\x78\xda"sv, "zlib data"},
    Magic{"PK\x03\x04"sv, "a zip archive"},
    Magic{"\x7f"
          "ELF"sv,
          "an ELF binary"},
    Magic{"\x89PNG"sv, "a PNG image"},
    Magic{"PERFILE"sv, "a perf.data file"},
    Magic{"FLR\0"sv, "a Java flight recording"},
    Magic{"JAVA PROFILE"sv, "a Java heap dump"},
};

// The text formats that pprof's own documentation calls legacy, by the start
// of their first line.
constexpr std::array k_legacy_formats = {
    Magic{"heap profile:", "a heap profile in the legacy text format"},
    Magic{"heap_v2/", "a heap profile in jemalloc's text format"},
    Magic{"--- contention:", "a block profile in Go's text format (debug=1)"},
    Magic{"--- mutex:", "a mutex profile in Go's text format (debug=1)"},
    Magic{"--- contentionz", "a contention profile in the legacy text format"},
    Magic{"--- heapz", "a heap profile in the legacy text format"},
    Magic{"--- threadz", "a thread profile in the legacy text format"},
    Magic{"--- Thread", "a thread profile in the legacy text format"},
    Magic{"--- symbol", "a symbolized profile in the legacy text format"},
};

/// Whether all is UTF-8 without the control characters that texts do not
/// have. The last character may be cut off.
bool is_text(std::string_view head) {
  constexpr std::string_view k_controls = "\t\n\r\f\x1b";
  while (!head.empty()) {
    const Character next = first_character(head);
    if (!next.valid) {
      return head.size() < 4 && static_cast<unsigned char>(head[0]) >= 0xc2;
    }
    const bool control = next.code < 0x20 || next.code == 0x7f;
    if (control && k_controls.find(head[0]) == std::string_view::npos) {
      return false;
    }
    head.remove_prefix(next.bytes);
  }
  return true;
}

std::string describe_markup(std::string_view text) {
  const auto title = find_phrase(text, "<title");
  if (title != std::string_view::npos) {
    const std::string_view rest = text.substr(title);
    const auto begin = rest.find('>');
    const auto end = rest.find('<', 1);
    if (begin < end) {
      return "an HTML page: " +
             joined_lines(rest.substr(begin + 1, end - begin - 1), k_max_shown);
    }
  }
  constexpr std::array k_html = {"<html"sv, "<!doctype html"sv, "<head"sv,
                                 "<body"sv};
  const bool html = std::ranges::any_of(k_html, [&](std::string_view tag) {
    return find_phrase(text, tag) != std::string_view::npos;
  });
  if (html) {
    return "an HTML page: " + joined_lines(text, k_max_shown);
  }
  const bool svg = find_phrase(text, "<svg") != std::string_view::npos;
  return svg ? std::string(k_svg_image)
             : "XML or HTML: " + joined_lines(text, k_max_shown);
}

/// The first line that has something on it and is no comment, as pprof's
/// readers of legacy formats look for it.
std::string_view first_line(std::string_view text) {
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view trimmed = trim(line);
    if (!trimmed.empty() && !trimmed.starts_with('#')) {
      return trimmed;
    }
  }
  return {};
}

std::string describe_legacy(std::string_view text) {
  const std::string_view line = first_line(text);
  for (const Magic& format : k_legacy_formats) {
    if (line.starts_with(format.bytes)) {
      return std::string(format.what);
    }
  }
  const auto total = line.find(" profile: total ");
  if (total != std::string_view::npos && line.find(' ') == total) {
    return fmt::format("a {} profile in Go's text format (debug=1)",
                       one_line(line.substr(0, total), 40));
  }
  if (line.starts_with("goroutine ") && line.ends_with("]:")) {
    return "a goroutine dump (debug=2)";
  }
  return {};
}

std::string describe_text(std::string_view text) {
  text = trim(text);
  if (text.empty()) {
    return "blank text";
  }
  if (text.front() == '<') {
    return describe_markup(text);
  }
  if (text.front() == '{' || text.front() == '[') {
    return "JSON: " + joined_lines(text, k_max_shown);
  }
  std::string legacy = describe_legacy(text);
  return legacy.empty() ? "text: " + one_line(text, k_max_shown) : legacy;
}

/// Reads `bytes` of `head` at `offset` as a little-endian number.
std::uint64_t number_at(std::string_view head, std::size_t offset,
                        std::size_t bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = bytes; i-- > 0;) {
    number = number << 8 | static_cast<unsigned char>(head[offset + i]);
  }
  return number;
}

/// gperftools' binary CPU profile: the words 0, 3, 0, period, 0 of 4 or 8
/// bytes (the big-endian kind is as good as extinct).
bool is_legacy_cpu(std::string_view head) {
  return std::ranges::any_of(std::array{4U, 8U}, [&](std::size_t word) {
    return head.size() >= 5 * word && number_at(head, 0, word) == 0 &&
           number_at(head, word, word) == 3 &&
           number_at(head, 2 * word, word) == 0 &&
           number_at(head, 4 * word, word) == 0;
  });
}

}  // namespace

bool is_trace(std::string_view head) {
  constexpr std::size_t k_header_bytes = 16;
  const std::string_view header = head.substr(0, k_header_bytes);
  const std::string_view version = header.substr(0, header.find('\0'));
  return header.size() == k_header_bytes && version.starts_with("go 1.") &&
         version.ends_with(" trace");
}

std::string foreign_format(std::string_view head) {
  if (is_trace(head)) {
    return "a Go runtime trace, which `go tool trace` opens";
  }
  for (const Magic& format : k_binary_formats) {
    if (head.starts_with(format.bytes)) {
      return std::string(format.what);
    }
  }
  if (!head.empty() && is_text(head)) {
    return describe_text(head);
  }
  return is_legacy_cpu(head) ? "a CPU profile in the legacy binary format" : "";
}

}  // namespace kprofefe::pprof
