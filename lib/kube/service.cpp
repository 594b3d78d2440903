// SPDX-License-Identifier: MIT
#include "kube/service.hpp"

#include "base/text.hpp"
#include "http/url.hpp"
#include "kube/text/json_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace kprofefe::kube {
namespace {

using Json = nlohmann::json;

/// An object or array under `key`; an empty one when there is none.
Json child(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? Json() : *found;
}

/// A number or a name, as an IntOrString of Kubernetes.
std::string int_or_string(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) {
    return "";
  }
  return found->is_number_integer() ? found->dump() : text_of(object, key);
}

std::optional<ServicePort> parse_port(const Json& json) {
  if (!json.is_object()) {
    return std::nullopt;
  }
  const std::string number = int_or_string(json, "port");
  const std::optional<std::uint16_t> port = http::parse_port(number);
  if (!port) {
    return std::nullopt;
  }
  ServicePort parsed{.name = text_of(json, "name"),
                     .number = *port,
                     .target = int_or_string(json, "targetPort")};
  if (parsed.target.empty()) {
    parsed.target = number;
  }
  return parsed;
}

std::string describe(const ServicePort& port) {
  return port.name.empty()
             ? std::to_string(port.number)
             : fmt::format("{} ({})", port.number, one_line(port.name));
}

}  // namespace

std::string Service::label_selector() const {
  std::vector<std::string> labels;
  labels.reserve(selector.size());
  for (const auto& [key, value] : selector) {
    labels.push_back(fmt::format("{}={}", key, value));
  }
  return fmt::format("{}", fmt::join(labels, ","));
}

Result<Service> parse_service(std::string_view json) {
  const Json document = Json::parse(json, nullptr, false);
  if (!document.is_object() || text_of(document, "kind") != "Service") {
    return fail(ErrorKind::malformed, "expected a Service");
  }
  const Json metadata = child(document, "metadata");
  const Json spec = child(document, "spec");
  if (!metadata.is_object() || !spec.is_object()) {
    return fail(ErrorKind::malformed, "a Service without metadata or spec");
  }
  Service service{.ns = text_of(metadata, "namespace"),
                  .name = text_of(metadata, "name"),
                  .selector = {},
                  .ports = {}};
  const Json selector = child(spec, "selector");
  for (const auto& [key, value] : selector.items()) {
    if (value.is_string()) {
      service.selector.insert_or_assign(key, value.get<std::string>());
    }
  }
  for (const Json& port : child(spec, "ports")) {
    if (std::optional<ServicePort> parsed = parse_port(port)) {
      service.ports.push_back(*std::move(parsed));
    }
  }
  return service;
}

Result<ServicePort> find_port(const Service& service, std::string_view port) {
  if (port.empty() && service.ports.size() == 1) {
    return service.ports.front();
  }
  const auto is_meant = [&](const ServicePort& candidate) {
    return !port.empty() &&
           (candidate.name == port || std::to_string(candidate.number) == port);
  };
  const auto found = std::ranges::find_if(service.ports, is_meant);
  if (found != service.ports.end()) {
    return *found;
  }
  std::vector<std::string> known;
  known.reserve(service.ports.size());
  for (const ServicePort& candidate : service.ports) {
    known.push_back(describe(candidate));
  }
  const std::string which = port.empty()
                                ? "several ports"
                                : fmt::format("no port \"{}\"", one_line(port));
  return fail(ErrorKind::usage,
              fmt::format("service {} in namespace {} has {}: use svc/{}.{}:"
                          "PORT with one of: {}",
                          service.name, service.ns,
                          service.ports.empty() ? "no ports" : which,
                          service.name, service.ns, fmt::join(known, ", ")));
}

std::optional<std::uint16_t> port_of_pod(const ServicePort& port,
                                         const Pod& pod) {
  if (const std::optional<std::uint16_t> number =
          http::parse_port(port.target)) {
    return number;
  }
  const auto found =
      std::ranges::find(pod.ports, port.target, &ContainerPort::name);
  return found == pod.ports.end() ? std::nullopt : std::optional(found->number);
}

}  // namespace kprofefe::kube
