// SPDX-License-Identifier: MIT
#include "cmd/source_word.hpp"

#include "kube/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

namespace kprofefe::cmd {
namespace {

/// Endings that people give to profiles; no pod's name has them.
constexpr std::array<std::string_view, 9> k_file_endings = {
    ".gz",   ".pb",    ".pprof",    ".prof", ".profile",
    ".json", ".proto", ".pprofile", ".trace"};

bool is_url(std::string_view word) {
  return word.starts_with("http://") || word.starts_with("https://");
}

bool names_a_pod(std::string_view word) {
  return word.starts_with("pod/") || word.starts_with("pods/") ||
         word.starts_with("po/");
}

bool looks_like_a_file(std::string_view word) {
  return word.find('/') != std::string_view::npos ||
         std::ranges::any_of(k_file_endings, [&](std::string_view ending) {
           return word.ends_with(ending);
         });
}

Result<SourceWord> existing_file(std::string text) {
  std::error_code ignored;
  if (std::filesystem::is_directory(text, ignored)) {
    return fail(ErrorKind::usage,
                fmt::format("{} is a folder; name the files in it", text));
  }
  return SourceWord{SourceKind::file, std::move(text)};
}

}  // namespace

Result<SourceWord> read_source_word(std::string_view word, bool with_profefe) {
  std::string text(word);
  std::error_code ignored;
  if (word == "-") {
    return SourceWord{SourceKind::standard_input, std::move(text)};
  }
  if (is_url(word)) {
    return SourceWord{SourceKind::url, std::move(text)};
  }
  if (std::filesystem::exists(text, ignored)) {
    return existing_file(std::move(text));
  }
  if (names_a_pod(word)) {
    return SourceWord{SourceKind::pod, std::move(text)};
  }
  if (with_profefe) {
    return SourceWord{SourceKind::stored, std::move(text)};
  }
  if (looks_like_a_file(word)) {
    return fail(ErrorKind::not_found,
                fmt::format("open {}: no such file", text));
  }
  if (!kube::is_dns_subdomain(word)) {
    return fail(
        ErrorKind::usage,
        fmt::format("\"{}\" is no file, and no pod has such a name", text));
  }
  return SourceWord{SourceKind::pod, std::move(text), true};
}

}  // namespace kprofefe::cmd
