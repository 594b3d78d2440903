// SPDX-License-Identifier: MIT
#include "api/answers.hpp"

#include "base/moment.hpp"
#include "base/version.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <utility>

namespace kprofefe::api {
namespace {

using nlohmann::ordered_json;

server::Response json_answer(int status, const ordered_json& json) {
  return {.status = status,
          // What Go makes of it: profefe does not say.
          .content_type = "text/plain; charset=utf-8",
          .body = json.dump(-1, ' ', false,
                            ordered_json::error_handler_t::replace) +
                  "\n"};
}

server::Response body_answer(ordered_json body) {
  return json_answer(200, {{"code", 200}, {"body", std::move(body)}});
}

ordered_json to_json(const store::StoredProfile& profile) {
  ordered_json json = {{"id", store::format_id(profile.id)},
                       {"type", profile.series.type},
                       {"service", profile.series.service}};
  if (!profile.series.labels.empty()) {
    ordered_json& labels = json["labels"] = ordered_json::array();
    for (const store::Label& label : profile.series.labels) {
      labels.push_back({{"key", label.key}, {"value", label.value}});
    }
  }
  json["created_at"] = format_rfc3339(profile.created_at);
  return json;
}

int status_of(const Error& error) {
  switch (error.kind) {
    case ErrorKind::usage:
    case ErrorKind::malformed:
      return 400;
    case ErrorKind::not_found:
      return 404;
    case ErrorKind::denied:
      return 403;
    case ErrorKind::cancelled:
      return 503;
    default:
      return 500;
  }
}

}  // namespace

server::Response profile_answer(const store::StoredProfile& profile) {
  return body_answer(to_json(profile));
}

server::Response list_answer(std::span<const store::StoredProfile> profiles) {
  ordered_json list = ordered_json::array();
  for (const store::StoredProfile& profile : profiles) {
    list.push_back(to_json(profile));
  }
  return body_answer(std::move(list));
}

server::Response services_answer(const std::vector<std::string>& services) {
  return body_answer(services);
}

server::Response version_answer() {
  return body_answer({{"version", k_version},
                      {"commit", ""},
                      {"build_time", ""},
                      {"go_version", ""}});
}

server::Response file_answer(std::string bytes, std::string_view name) {
  return {.status = 200,
          .content_type = "application/octet-stream",
          .headers = {{"Content-Disposition",
                       fmt::format("attachment; filename=\"{}\"", name)}},
          .body = std::move(bytes)};
}

server::Response error_answer(int status, std::string_view text) {
  return json_answer(status, {{"code", status}, {"error", text}});
}

server::Response nothing_found() {
  return error_answer(404, "nothing found");
}

server::Response error_answer(const Error& error) {
  return error.kind == ErrorKind::not_found
             ? nothing_found()
             : error_answer(status_of(error), error.message);
}

}  // namespace kprofefe::api
