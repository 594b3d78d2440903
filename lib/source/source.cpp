// SPDX-License-Identifier: MIT
#include "source/source.hpp"

#include "base/text.hpp"
#include "kube/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace kprofefe::source {
namespace {

/// Endings that people give to profiles; no pod's name has them.
constexpr std::array<std::string_view, 9> k_file_endings = {
    ".gz",   ".pb",    ".pprof",    ".prof", ".profile",
    ".json", ".proto", ".pprofile", ".trace"};

/// `localhost:6060`, `[::1]:6060/debug/pprof/heap`: no file or pod has such a
/// name, and the scheme can be left out.
bool is_host_and_port(std::string_view word) {
  const std::string_view authority = word.substr(0, word.find_first_of("/?"));
  const auto colon = authority.rfind(':');
  const std::string_view port =
      colon == std::string_view::npos ? "" : authority.substr(colon + 1);
  return colon != 0 && !port.empty() &&
         std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; });
}

/// A server that is named alone is asked for `path`.
std::string with_path(std::string url, std::string_view path) {
  const auto host = url.find("://") + 3;
  const auto begin = std::min(url.find_first_of("/?", host), url.size());
  const auto end = std::min(url.find('?', begin), url.size());
  if (end - begin <= 1) {  // nothing or a slash
    url.replace(begin, end - begin, path);
  }
  return url;
}

/// The URL that a word is, as `go tool pprof` takes them; nothing when it is
/// none. Errors: usage, for a scheme that cannot be fetched.
Result<std::optional<std::string>> read_url(std::string_view word,
                                            std::string_view path) {
  const auto mark = word.find("://");
  if (mark == std::string_view::npos) {
    return is_host_and_port(word)
               ? std::optional(with_path("http://" + std::string(word), path))
               : std::nullopt;
  }
  const std::string_view typed = word.substr(0, mark);
  for (const char* const scheme : {"http", "https"}) {
    if (equals_ignoring_case(typed, scheme)) {
      return with_path(scheme + std::string(word.substr(mark)), path);
    }
  }
  if (equals_ignoring_case(typed, "https+insecure")) {
    return fail(ErrorKind::usage,
                "https+insecure:// is not supported: certificates are always "
                "verified; use https:// and add the server's CA to the "
                "system's certificates");
  }
  return std::nullopt;
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

Result<Source> existing_file(std::string text) {
  std::error_code ignored;
  if (std::filesystem::is_directory(text, ignored)) {
    return fail(
        ErrorKind::usage,
        fmt::format("{} is a directory: specify the files in it", text));
  }
  return Source{Kind::file, std::move(text)};
}

/// What nothing else was. Errors: not_found, usage.
Result<Source> a_pod(std::string text) {
  if (looks_like_a_file(text)) {
    return fail(ErrorKind::not_found,
                fmt::format("open {}: no such file or directory{}", text,
                            text.find("/debug/pprof") == std::string::npos
                                ? ""
                                : "; URLs start with http:// or https://"));
  }
  if (!kube::is_dns_subdomain(text)) {
    return fail(
        ErrorKind::usage,
        fmt::format("\"{}\" is neither an existing file nor a valid pod name",
                    text));
  }
  return Source{Kind::pod, std::move(text), true};
}

}  // namespace

Result<Source> parse_source(std::string_view word, bool with_profefe,
                            bool with_namespace,
                            std::string_view default_path) {
  std::string text(word);
  std::error_code ignored;
  if (word == "-") {
    return Source{Kind::standard_input, std::move(text)};
  }
  if (std::filesystem::exists(text, ignored)) {
    return existing_file(std::move(text));
  }
  if (with_namespace && !word.contains('/') && is_host_and_port(word)) {
    TRY(kube::parse_pod_name(word));
    return Source{Kind::pod, std::move(text)};
  }
  if (kube::is_workload(word)) {
    TRY(kube::parse_pod_name(word));
  }
  TRY_ASSIGN(std::optional<std::string> url, read_url(word, default_path));
  if (url) {
    return Source{Kind::url, *std::move(url)};
  }
  if (names_a_pod(word)) {
    TRY(kube::parse_pod_name(word));
    return Source{Kind::pod, std::move(text)};
  }
  if (with_profefe) {
    return Source{Kind::stored, std::move(text)};
  }
  return a_pod(std::move(text));
}

}  // namespace kprofefe::source
