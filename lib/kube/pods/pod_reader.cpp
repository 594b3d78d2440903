// SPDX-License-Identifier: MIT
#include "kube/pods/pod_reader.hpp"

#include "base/text.hpp"
#include "http/url.hpp"
#include "kube/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace kprofefe::kube {
namespace {

/// A pod without a namespace is only seen in files written by hand.
constexpr std::string_view k_default_namespace = "default";

bool is_list_of_pods(std::string_view kind) {
  return kind == "PodList" || kind == "List";
}

/// The first of a pod is told; the others would not help.
void set_defect(Pod& pod, std::string_view field, std::string_view value) {
  if (pod.defect.empty()) {
    pod.defect =
        fmt::format("malformed pod: invalid {} \"{}\"", field, one_line(value));
  }
}

}  // namespace

std::optional<PodReader::Place> PodReader::step(Place from,
                                                std::string_view key,
                                                bool is_array) {
  struct Step {
    std::string_view key;
    Place from;
    Place to;
    bool is_array;
  };

  static constexpr std::array k_steps = {
      Step{"items", Place::document, Place::items, true},
      Step{"", Place::items, Place::item, false},
      Step{"metadata", Place::document, Place::metadata, false},
      Step{"spec", Place::document, Place::spec, false},
      Step{"status", Place::document, Place::status, false},
      Step{"metadata", Place::item, Place::metadata, false},
      Step{"spec", Place::item, Place::spec, false},
      Step{"status", Place::item, Place::status, false},
      Step{"annotations", Place::metadata, Place::annotations, false},
      Step{"containers", Place::spec, Place::containers, true},
      Step{"initContainers", Place::spec, Place::init_containers, true},
      Step{"", Place::containers, Place::container, false},
      Step{"", Place::init_containers, Place::init_container, false},
      Step{"ports", Place::container, Place::ports, true},
      Step{"ports", Place::init_container, Place::init_ports, true},
      Step{"", Place::ports, Place::port, false},
      Step{"", Place::init_ports, Place::init_port, false},
      Step{"podIPs", Place::status, Place::pod_ips, true},
      Step{"", Place::pod_ips, Place::pod_ip, false},
  };
  for (const Step& step : k_steps) {
    if (step.from == from && step.is_array == is_array && step.key == key) {
      return step.to;
    }
  }
  return std::nullopt;
}

void PodReader::key(std::string_view key) {
  if (skipped_ == 0) {
    key_ = key;
  }
}

bool PodReader::null() {
  return outcome_.has_value();
}

bool PodReader::begin(bool is_array) {
  if (skipped_ > 0) {
    ++skipped_;
    return true;
  }
  if (path_.empty()) {
    if (is_array) {
      refuse("expected an object (a Pod, or a List of them)");
    } else {
      enter(Place::document);
    }
    return outcome_.has_value();
  }
  if (const std::optional<Place> next = step(path_.back(), key_, is_array)) {
    enter(*next);
  } else {
    skipped_ = 1;
  }
  return true;
}

void PodReader::enter(Place place) {
  path_.push_back(place);
  key_.clear();
  has_items_ |= place == Place::items;
  if (place == Place::item) {
    item_ = {};
    in_item_ = true;
  } else if (place == Place::port || place == Place::init_port) {
    port_ = {};
    port_text_.clear();
  }
}

bool PodReader::end() {
  key_.clear();
  if (skipped_ > 0) {
    --skipped_;
    return true;
  }
  const Place place = path_.back();
  path_.pop_back();
  Draft& draft = in_item_ ? item_ : document_;
  if (place == Place::port) {
    end_port(draft.pod.ports);
  } else if (place == Place::init_port) {
    end_port(draft.init_ports);
  } else if (place == Place::item) {
    end_item();
  } else if (place == Place::document) {
    end_document();
  }
  return outcome_.has_value();
}

bool PodReader::scalar(std::string&& text) {
  if (skipped_ > 0) {
    return true;
  }
  if (path_.empty()) {
    refuse("expected an object (a Pod, or a List of them)");
  } else {
    set(path_.back(), std::move(text));
  }
  return outcome_.has_value();
}

void PodReader::set(Place place, std::string&& value) {
  Draft& draft = in_item_ ? item_ : document_;
  switch (place) {
    case Place::document:
    case Place::item:
      if (key_ == "kind") {
        draft.kind = std::move(value);
      }
      break;
    case Place::items:
      refuse(fmt::format("items[{}]: expected a Pod", items_));
      break;
    case Place::metadata:
      set_metadata(std::move(value));
      break;
    case Place::annotations:
      if (key_.starts_with(k_annotation_prefix)) {
        draft.pod.annotations.insert_or_assign(key_, std::move(value));
      }
      break;
    case Place::status:
    case Place::pod_ip:
      set_status(std::move(value));
      break;
    case Place::port:
    case Place::init_port:
      set_port(std::move(value));
      break;
    default:
      break;
  }
}

void PodReader::set_metadata(std::string&& value) {
  Pod& pod = in_item_ ? item_.pod : document_.pod;
  if (key_ == "name") {
    pod.name = std::move(value);
  } else if (key_ == "namespace") {
    pod.ns = std::move(value);
  } else if (key_ == "uid") {
    pod.uid = std::move(value);
  } else if (key_ == "deletionTimestamp") {
    pod.terminating = true;
  } else if (key_ == "continue" && !in_item_) {
    next_page_ = std::move(value);
  }
}

void PodReader::set_status(std::string&& value) {
  Pod& pod = in_item_ ? item_.pod : document_.pod;
  if (key_ == "phase") {
    pod.phase = std::move(value);
  } else if (key_ == "podIP") {
    // The primary address, whatever the order of the fields.
    std::erase(pod.ips, value);
    if (!value.empty()) {
      pod.ips.insert(pod.ips.begin(), std::move(value));
    }
  } else if (key_ == "ip") {
    add_ip(std::move(value));
  }
}

void PodReader::add_ip(std::string&& ip) {
  std::vector<std::string>& ips = in_item_ ? item_.pod.ips : document_.pod.ips;
  if (!ip.empty() && std::ranges::find(ips, ip) == ips.end()) {
    ips.push_back(std::move(ip));
  }
}

void PodReader::set_port(std::string&& value) {
  if (key_ == "name") {
    port_.name = std::move(value);
  } else if (key_ == "containerPort") {
    port_text_ = std::move(value);
  } else if (key_ == "protocol") {
    port_.protocol = std::move(value);
  }
}

void PodReader::end_port(std::vector<ContainerPort>& ports) {
  const std::optional<std::uint16_t> number = http::parse_port(port_text_);
  if (!number) {
    Pod& pod = in_item_ ? item_.pod : document_.pod;
    set_defect(pod, "containerPort", port_text_);
    return;
  }
  port_.number = *number;
  ports.push_back(std::move(port_));
}

void PodReader::end_item() {
  in_item_ = false;
  // What the list is called may come only after its items.
  const std::string& list = document_.kind;
  if (!list.empty() && !is_list_of_pods(list)) {
    refuse(fmt::format("{}: expected pods", one_line(list)));
  } else if (!item_.kind.empty() && item_.kind != "Pod") {
    refuse(fmt::format("items[{}] is {}: expected only pods", items_,
                       describe(item_)));
  } else {
    finish(std::move(item_));
  }
  ++items_;
}

void PodReader::end_document() {
  const std::string& kind = document_.kind;
  if (kind == "Pod") {
    finish(std::move(document_));
  } else if (kind.empty() && !has_items_) {
    refuse("neither a Pod nor a List of Pods: no kind and no items");
  } else if (!kind.empty() && !is_list_of_pods(kind)) {
    refuse(fmt::format(
        "{}: expected pods, as printed by kubectl get pods -o json or "
        "-o yaml",
        describe(document_)));
  }
}

void PodReader::finish(Draft&& draft) {
  Pod& pod = draft.pod;
  if (pod.ns.empty()) {
    pod.ns = k_default_namespace;
  }
  find_defects(pod);
  pod.ports.insert(pod.ports.end(),
                   std::make_move_iterator(draft.init_ports.begin()),
                   std::make_move_iterator(draft.init_ports.end()));
  on_pod_(std::move(pod));
}

/// What could do harm in a path or a URL does not get there.
void PodReader::find_defects(Pod& pod) const {
  if (!is_dns_subdomain(pod.name)) {
    set_defect(pod, "name", pod.name);
    pod.name = pod.name.empty() ? fmt::format("items[{}]", items_)
                                : one_line(pod.name);
  }
  if (!is_dns_label(pod.ns)) {
    set_defect(pod, "namespace", pod.ns);
    pod.ns = one_line(pod.ns);
  }
  const auto bad_ip = std::ranges::find_if_not(pod.ips, http::is_ip_address);
  if (bad_ip != pod.ips.end()) {
    set_defect(pod, "pod IP", *bad_ip);
    pod.ips.clear();
  }
}

std::string PodReader::describe(const Draft& draft) const {
  const std::string kind = one_line(draft.kind.empty() ? "Pod" : draft.kind);
  if (!draft.pod.name.empty()) {
    return fmt::format("{} \"{}\"", kind, one_line(draft.pod.name));
  }
  return &draft == &document_ ? kind
                              : fmt::format("{} in items[{}]", kind, items_);
}

void PodReader::refuse(std::string why) {
  outcome_ = fail(ErrorKind::malformed, fmt::format("{}: {}", name_, why));
}

}  // namespace kprofefe::kube
