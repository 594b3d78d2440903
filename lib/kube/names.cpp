// SPDX-License-Identifier: MIT
#include "kube/names.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

namespace kprofefe::kube {
namespace {

constexpr std::size_t k_max_label = 63;
constexpr std::size_t k_max_subdomain = 253;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_label_of_any_length(std::string_view name) {
  return !name.empty() && is_letter_or_digit(name.front()) &&
         is_letter_or_digit(name.back()) &&
         std::ranges::all_of(
             name, [](char c) { return c == '-' || is_letter_or_digit(c); });
}

/// The kind and the name of `ns/shop`; no kind where there is no slash.
struct TypedName {
  std::string_view kind;
  std::string_view name;
};

TypedName split_typed_name(std::string_view text) {
  const auto slash = text.find('/');
  return slash == std::string_view::npos
             ? TypedName{.kind = "", .name = text}
             : TypedName{.kind = text.substr(0, slash),
                         .name = text.substr(slash + 1)};
}

bool is_one_of(std::string_view kind,
               std::initializer_list<std::string_view> kinds) {
  return std::ranges::any_of(kinds, [kind](std::string_view other) {
    return equals_ignoring_case(kind, other);
  });
}

}  // namespace

bool is_dns_label(std::string_view name) {
  return name.size() <= k_max_label && is_label_of_any_length(name);
}

bool is_dns_subdomain(std::string_view name) {
  return name.size() <= k_max_subdomain &&
         std::ranges::all_of(split(name, '.'), is_label_of_any_length);
}

bool is_workload(std::string_view text) {
  return is_one_of(split_typed_name(text).kind,
                   {"deploy",      "deployment",   "deployments", "sts",
                    "statefulset", "statefulsets", "ds",          "daemonset",
                    "daemonsets",  "rs",           "replicaset",  "replicasets",
                    "job",         "jobs",         "cj",          "cronjob",
                    "cronjobs",    "svc",          "service",     "services"});
}

Result<std::string> parse_namespace(std::string_view text) {
  const TypedName typed = split_typed_name(text);
  const std::string_view name =
      is_one_of(typed.kind, {"", "ns", "namespace", "namespaces"}) ? typed.name
                                                                   : text;
  if (!is_dns_label(name)) {
    return fail(ErrorKind::usage,
                fmt::format("invalid namespace \"{}\": use 1 to 63 of a-z, 0-9 "
                            "and -, not at the start or end",
                            one_line(name)));
  }
  return std::string(name);
}

Result<PodName> parse_pod_name(std::string_view text) {
  if (text.contains("://")) {
    return fail(
        ErrorKind::usage,
        fmt::format("\"{}\" is a URL, not a pod: `kubectl profefe merge "
                    "URL -o FILE` fetches it",
                    one_line(text)));
  }
  const TypedName typed = split_typed_name(text);
  if (!is_one_of(typed.kind, {"", "pod", "pods", "po"})) {
    return fail(ErrorKind::usage,
                fmt::format("\"{}\" is not a pod: select the pods "
                            "of a {} by label with -l",
                            one_line(text), one_line(typed.kind)));
  }
  const auto colon = typed.name.find(':');
  const std::string_view name = typed.name.substr(0, colon);
  if (!is_dns_subdomain(name)) {
    return fail(ErrorKind::usage,
                fmt::format("invalid pod name \"{}\"", one_line(name)));
  }
  if (colon == std::string_view::npos) {
    return PodName{.name = std::string(name), .port = {}};
  }
  const std::string_view port = typed.name.substr(colon + 1);
  if (port.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("invalid pod \"{}\": no port after the colon",
                            one_line(text)));
  }
  return PodName{.name = std::string(name), .port = std::string(port)};
}

}  // namespace kprofefe::kube
