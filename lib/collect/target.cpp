// SPDX-License-Identifier: MIT
#include "collect/target.hpp"

#include "base/choice.hpp"
#include "base/text.hpp"
#include "collect/annotation.hpp"
#include "collect/odd_annotations.hpp"
#include "collect/pprof_path.hpp"
#include "http/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace kprofefe::collect {
namespace {

std::optional<std::string_view> annotation(const kube::Pod& pod,
                                           std::string_view key) {
  const auto found = pod.annotations.find(key);
  if (found == pod.annotations.end()) {
    return std::nullopt;
  }
  return found->second;
}

/// Says why a pod is not enabled; nothing when it is.
std::optional<std::string> why_not_enabled(const kube::Pod& pod) {
  const auto value = annotation(pod, k_enable);
  if (value == "true") {
    return std::nullopt;
  }
  if (value == "false") {
    return fmt::format("{} is \"false\"", k_enable);
  }
  if (value) {
    return fmt::format("invalid {} {}: use \"true\"", k_enable, quoted(*value));
  }
  if (const auto odd = odd_annotations(pod); !odd.empty()) {
    return "not annotated: " + odd.front();
  }
  return fmt::format("not annotated with {}: \"true\"", k_enable);
}

std::optional<std::string> why_not_ready(const kube::Pod& pod,
                                         const TargetRules& rules) {
  if (pod.terminating) {
    return "terminating";
  }
  if (pod.phase != "Running") {
    return fmt::format("not running ({})",
                       pod.phase.empty() ? "no phase yet" : pod.phase);
  }
  if (rules.needs_ip && pod.ips.empty()) {
    return "no pod IP yet";
  }
  return std::nullopt;
}

std::string port_names(const kube::Pod& pod) {
  std::string names;
  for (const kube::ContainerPort& port : pod.ports) {
    if (!port.name.empty()) {
      names += (names.empty() ? "" : ", ") + port.name;
    }
  }
  return names.empty() ? "there are no named ports" : "named ports: " + names;
}

/// `what` says where the text is from.
Result<std::uint16_t> read_port(const kube::Pod& pod, std::string_view text,
                                std::string_view what) {
  const bool number = !text.empty() && std::ranges::all_of(text, [](char c) {
    return c >= '0' && c <= '9';
  });
  if (!number) {
    const auto named =
        std::ranges::find(pod.ports, text, &kube::ContainerPort::name);
    if (!text.empty() && named != pod.ports.end()) {
      if (named->protocol != "TCP") {
        return fail(
            ErrorKind::config,
            fmt::format("invalid {} \"{}\": that port uses {}, but pprof is "
                        "served over TCP",
                        what, one_line(text), one_line(named->protocol)));
      }
      return named->number;
    }
    return fail(ErrorKind::config,
                fmt::format("invalid {} \"{}\": no container port has that "
                            "name ({})",
                            what, one_line(text), port_names(pod)));
  }
  const auto port = http::parse_port(text);
  if (!port) {
    return fail(
        ErrorKind::config,
        fmt::format("invalid {} \"{}\": use 1 to 65535", what, one_line(text)));
  }
  return *port;
}

/// The same failure in an annotation, which is none of usage.
Error in_annotation(std::string_view key, const Error& error) {
  return {ErrorKind::config, fmt::format("{}: {}", key, error.message)};
}

/// By the choice, or else by the annotations.
Result<void> set_endpoint(const kube::Pod& pod, const EndpointChoice& choice,
                          Target& target) {
  if (choice.scheme) {
    target.scheme = *choice.scheme;
  } else if (const auto text = annotation(pod, k_scheme)) {
    const Result<Scheme> scheme = parse_scheme(trim(*text));
    if (!scheme) {
      return std::unexpected(in_annotation(k_scheme, scheme.error()));
    }
    target.scheme = *scheme;
  }
  if (!choice.port.empty()) {
    TRY_ASSIGN(target.port, read_port(pod, choice.port, "--port"));
  } else if (const auto text = annotation(pod, k_port)) {
    TRY_ASSIGN(target.port, read_port(pod, trim(*text), k_port));
  }
  if (!choice.path.empty()) {
    target.path = choice.path;
  } else if (const auto text = annotation(pod, k_path)) {
    const Result<std::string> path = parse_pprof_path(trim(*text));
    if (!path) {
      return std::unexpected(in_annotation(k_path, path.error()));
    }
    target.path = *path;
  }
  return {};
}

Result<Target> read_target(const kube::Pod& pod,
                           const EndpointChoice& endpoint) {
  Target target{.ns = pod.ns,
                .pod = pod.name,
                .uid = pod.uid,
                .enabled = annotation(pod, k_enable) == "true",
                .service = pod.name,
                .hints = odd_annotations(pod)};
  if (!pod.ips.empty()) {
    target.ip = pod.ips.front();
    target.other_ips.assign(pod.ips.begin() + 1, pod.ips.end());
  }
  TRY(set_endpoint(pod, endpoint, target));
  if (const auto text = annotation(pod, k_service)) {
    if (trim(*text).empty()) {
      return fail(ErrorKind::config,
                  fmt::format("invalid {}: must not be empty", k_service));
    }
    target.service = trim(*text);
    target.service_named = true;
  }
  return target;
}

}  // namespace

std::string_view scheme_name(Scheme scheme) {
  return scheme == Scheme::https ? "https" : "http";
}

Result<Scheme> parse_scheme(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, Scheme>, 2> k_schemes = {
      {{"http", Scheme::http}, {"https", Scheme::https}}};
  return parse_choice(text, k_schemes);
}

Result<std::string> parse_pprof_path(std::string_view text) {
  if (const auto why = why_no_pprof_path(text)) {
    return fail(ErrorKind::usage,
                fmt::format("invalid path {}: {}", quoted(text), *why));
  }
  while (text.ends_with('/')) {
    text.remove_suffix(1);
  }
  return std::string(text);
}

std::expected<Target, NotTarget> target_of(const kube::Pod& pod,
                                           const TargetRules& rules) {
  const auto no = [&](WhyNot why, std::string reason) {
    return std::unexpected(NotTarget{.ns = pod.ns,
                                     .pod = pod.name,
                                     .why = why,
                                     .named = rules.named,
                                     .reason = std::move(reason)});
  };
  if (rules.needs_annotation) {
    if (auto reason = why_not_enabled(pod)) {
      return no(WhyNot::not_wanted, *std::move(reason));
    }
  }
  if (!pod.defect.empty()) {
    return no(WhyNot::misconfigured, pod.defect);
  }
  if (auto reason = why_not_ready(pod, rules)) {
    return no(WhyNot::not_ready, *std::move(reason));
  }
  Result<Target> target = read_target(pod, rules.endpoint);
  if (!target) {
    return no(WhyNot::misconfigured, std::move(target).error().message);
  }
  return *std::move(target);
}

}  // namespace kprofefe::collect
