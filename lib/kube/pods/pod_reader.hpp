// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/pod.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::kube {

/// Takes the pods one by one.
using OnPod = std::function<void(Pod&&)>;

/// Turns the events of one document (a Pod, a PodList, or a List of Pods) into
/// pods. Whatever reads JSON or YAML calls it; nothing is kept of what is not
/// wanted, so memory is that of one pod.
///
/// Every event returns false when reading should stop: outcome() says why.
class PodReader {
 public:
  /// `name` is what the document is called in errors.
  PodReader(std::string name, OnPod on_pod)
      : name_(std::move(name)), on_pod_(std::move(on_pod)) {}

  bool begin_object() { return begin(false); }

  bool begin_array() { return begin(true); }

  bool end();  ///< of the innermost object or array
  void key(std::string_view key);
  /// Text, or a number or truth value in its text form.
  bool scalar(std::string&& text);
  bool null();

  /// Nothing that comes now is wanted: its text need not be made.
  [[nodiscard]] bool skipping() const { return skipped_ > 0; }

  [[nodiscard]] const Result<void>& outcome() const { return outcome_; }

  /// The list's `metadata.continue`; empty on the last page.
  [[nodiscard]] const std::string& next_page() const { return next_page_; }

 private:
  /// Where in the document we are, as far as we care.
  enum class Place : std::uint8_t {
    document,
    items,
    item,
    metadata,
    annotations,
    spec,
    containers,
    init_containers,
    container,
    init_container,
    ports,
    init_ports,
    port,
    init_port,
    status,
    pod_ips,
    pod_ip,
  };

  /// Where the object or array under `key` leads to; nowhere: skip it. An
  /// element of an array has no key.
  static std::optional<Place> step(Place from, std::string_view key,
                                   bool is_array);

  /// An object on its way to being a pod.
  struct Draft {
    Pod pod;
    std::string kind;
    std::vector<ContainerPort> init_ports;
  };

  bool begin(bool is_array);
  void enter(Place place);
  void set(Place place, std::string&& value);
  void set_metadata(std::string&& value);
  void set_status(std::string&& value);
  void set_port(std::string&& value);
  void add_ip(std::string&& ip);
  void end_port(std::vector<ContainerPort>& ports);
  void end_item();
  void end_document();
  void finish(Draft&& draft);
  void find_defects(Pod& pod) const;
  [[nodiscard]] std::string describe(const Draft& draft) const;
  void refuse(std::string why);

  std::string name_;
  OnPod on_pod_;
  std::vector<Place> path_;
  std::size_t skipped_ = 0;  ///< depth inside of what is not wanted
  std::string key_;
  Draft document_;
  Draft item_;
  bool in_item_ = false;
  bool has_items_ = false;
  std::size_t items_ = 0;
  ContainerPort port_;
  std::string port_text_;
  std::string next_page_;
  Result<void> outcome_;
};

}  // namespace kprofefe::kube
