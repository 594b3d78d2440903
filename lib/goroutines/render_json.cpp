// SPDX-License-Identifier: MIT
#include "base/json_escape.hpp"
#include "goroutines/frame.hpp"
#include "goroutines/render.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace kprofefe::goroutines {
namespace {

using nlohmann::ordered_json;

ordered_json to_json(const Source& source) {
  ordered_json json = {{"name", source.name}};
  if (!source.pod.empty()) {
    json["namespace"] = source.ns;
    json["pod"] = source.pod;
  }
  json["goroutines"] = source.goroutines;
  json["truncated"] = source.is_truncated;
  return json;
}

ordered_json states_of(const Groups& groups, const Group& group) {
  ordered_json states = ordered_json::array();
  for (const Share& share : group.states) {
    states.push_back({{"state", groups.state(share.number)},
                      {"count", share.count},
                      {"longest_wait_minutes", share.longest_minutes}});
  }
  return states;
}

/// Of a pod its name and namespace, else the name of the source.
ordered_json name_of(const Source& source) {
  return source.pod.empty()
             ? ordered_json{{"source", source.name}}
             : ordered_json{{"namespace", source.ns}, {"pod", source.pod}};
}

ordered_json sources_of(const Groups& groups, const Group& group) {
  ordered_json sources = ordered_json::array();
  for (const Share& share : group.sources) {
    ordered_json json = name_of(groups.sources()[share.number]);
    json["count"] = share.count;
    json["longest_wait_minutes"] = share.longest_minutes;
    sources.push_back(std::move(json));
  }
  return sources;
}

ordered_json to_json(const Frame& frame) {
  ordered_json json = {{"function", frame.function}};
  if (!frame.place.empty()) {
    json["file"] = frame.file();
    json["line"] = frame.line();
  }
  return json;
}

void add_frames(std::string_view stack, ordered_json& json) {
  ordered_json frames = ordered_json::array();
  ordered_json creator;
  while (const std::optional<Frame> frame = next_frame(stack)) {
    if (frame->is_creator) {
      creator = to_json(*frame);
    } else {
      frames.push_back(to_json(*frame));
    }
  }
  json["frames"] = std::move(frames);
  json["created_by"] = std::move(creator);
}

ordered_json members_of(const Groups& groups, const Group& group) {
  ordered_json members = ordered_json::array();
  for (const Member& member : group.members) {
    ordered_json json = {{"id", member.id},
                         {"state", groups.state(member.state)},
                         {"wait_minutes", member.minutes},
                         {"locked_to_thread", member.locked}};
    json.update(name_of(groups.sources()[member.source]));
    if (const std::string& labels = groups.labels(member.labels);
        !labels.empty()) {
      json["labels"] = labels;
    }
    members.push_back(std::move(json));
  }
  return members;
}

std::string dump(const ordered_json& json, int indent) {
  return escape_controls(
      json.dump(indent, ' ', false, ordered_json::error_handler_t::replace));
}

ordered_json to_json(const Groups& groups, const Group& group) {
  ordered_json json = {{"count", group.count},
                       {"longest_wait_minutes", group.longest_minutes},
                       {"locked_to_thread", group.locked},
                       {"states", states_of(groups, group)},
                       {"sources", sources_of(groups, group)}};
  add_frames(group.stack, json);
  json["goroutines"] = members_of(groups, group);
  return json;
}

}  // namespace

bool render_json(const Groups& groups, SortBy by, const Sink& sink) {
  ordered_json sources = ordered_json::array();
  for (const Source& source : groups.sources()) {
    sources.push_back(to_json(source));
  }
  bool goes_on = sink(fmt::format(
      "{{\n\"sources\": {},\n\"goroutines\": {},\n\"kept\": {},\n\"groups\": [",
      dump(sources, 2), groups.goroutines(), groups.kept()));
  std::string_view separator = "\n";
  for (const Group* const group : groups.sorted(by)) {
    goes_on = goes_on &&
              sink(std::string(separator) + dump(to_json(groups, *group), 2));
    separator = ",\n";
  }
  return goes_on && sink("\n]\n}\n");
}

}  // namespace kprofefe::goroutines
