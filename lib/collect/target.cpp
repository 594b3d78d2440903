// SPDX-License-Identifier: MIT
#include "collect/target.hpp"

#include "base/result.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace kprofefe::collect {
namespace {

constexpr std::string_view k_enable = "profefe.com/enable";
constexpr std::string_view k_port = "profefe.com/port";
constexpr std::string_view k_path = "profefe.com/path";
constexpr std::string_view k_service = "profefe.com/service";

std::optional<std::string_view> annotation(const kube::Pod& pod,
                                           std::string_view key) {
  const auto found = pod.annotations.find(key);
  if (found == pod.annotations.end()) {
    return std::nullopt;
  }
  return found->second;
}

bool is_known(std::string_view key) {
  return key == k_enable || key == k_port || key == k_path || key == k_service;
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
    return fmt::format("{} is \"{}\"; only \"true\" counts", k_enable,
                       one_line(*value));
  }
  for (const auto& [key, ignored] : pod.annotations) {
    if (key.starts_with("profefe.com/") && !is_known(key)) {
      return fmt::format(
          "not annotated: {} is no annotation of ours; is {} "
          "meant?",
          one_line(key), k_enable);
    }
  }
  return fmt::format("not annotated with {}: \"true\"", k_enable);
}

std::optional<std::string> why_not_ready(const kube::Pod& pod,
                                         TargetRules rules) {
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
  return names.empty() ? "none of them has a name" : "there is " + names;
}

Result<std::uint16_t> read_port(const kube::Pod& pod, std::string_view text) {
  const bool number = !text.empty() && std::ranges::all_of(text, [](char c) {
    return c >= '0' && c <= '9';
  });
  if (!number) {
    const auto named =
        std::ranges::find(pod.ports, text, &kube::ContainerPort::name);
    if (!text.empty() && named != pod.ports.end()) {
      return named->number;
    }
    return fail(ErrorKind::config,
                fmt::format("{} is \"{}\": no container has a port of that "
                            "name ({})",
                            k_port, one_line(text), port_names(pod)));
  }
  std::uint16_t port = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || port == 0) {
    return fail(ErrorKind::config,
                fmt::format("{} is \"{}\": a port is 1 to 65535", k_port,
                            one_line(text)));
  }
  return port;
}

Result<std::string> read_path(std::string_view text) {
  const bool odd = std::ranges::any_of(text, [](char c) {
    return c <= ' ' || c == 0x7f || c == '?' || c == '#' || c == '\\';
  });
  if (!text.starts_with('/') || odd) {
    return fail(ErrorKind::config,
                fmt::format("{} is \"{}\": a path begins with / and has no "
                            "?, # or blank",
                            k_path, one_line(text)));
  }
  while (text.ends_with('/')) {
    text.remove_suffix(1);
  }
  return std::string(text);
}

Result<Target> read_target(const kube::Pod& pod) {
  Target target{.ns = pod.ns,
                .pod = pod.name,
                .uid = pod.uid,
                .enabled = annotation(pod, k_enable) == "true",
                .service = pod.name,
                .ip = pod.ips.empty() ? "" : pod.ips.front()};
  if (const auto text = annotation(pod, k_port)) {
    TRY_ASSIGN(target.port, read_port(pod, trim(*text)));
  }
  if (const auto text = annotation(pod, k_path)) {
    TRY_ASSIGN(target.path, read_path(trim(*text)));
  }
  if (const auto text = annotation(pod, k_service)) {
    if (trim(*text).empty()) {
      return fail(ErrorKind::config, fmt::format("{} is empty", k_service));
    }
    target.service = trim(*text);
    target.service_named = true;
  }
  return target;
}

}  // namespace

std::expected<Target, NotTarget> target_of(const kube::Pod& pod,
                                           TargetRules rules) {
  const auto no = [&](WhyNot why, std::string reason) {
    return std::unexpected(NotTarget{pod.ns, pod.name, why, std::move(reason)});
  };
  if (!rules.named) {
    if (auto reason = why_not_enabled(pod)) {
      return no(WhyNot::not_wanted, *std::move(reason));
    }
  }
  if (auto reason = why_not_ready(pod, rules)) {
    return no(WhyNot::not_ready, *std::move(reason));
  }
  Result<Target> target = read_target(pod);
  if (!target) {
    return no(WhyNot::misconfigured, std::move(target).error().message);
  }
  return *std::move(target);
}

}  // namespace kprofefe::collect
