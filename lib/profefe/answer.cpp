// SPDX-License-Identifier: MIT
#include "profefe/answer.hpp"

#include "base/moment.hpp"
#include "base/text.hpp"
#include "http/error_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace kprofefe::profefe {
namespace {

using Json = nlohmann::json;

/// A parser that never throws: what is no JSON comes back as discarded, and
/// below every value is looked at before it is used.
Json parse_json(std::string_view text) {
  return Json::parse(text, nullptr, /*allow_exceptions=*/false);
}

/// The text under `key`; empty when there is none.
std::string text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string()
             ? found->get_ref<const std::string&>()
             : std::string();
}

std::unexpected<Error> not_profefe(std::string_view text) {
  return fail(ErrorKind::malformed,
              fmt::format("{} instead of profefe's JSON", describe_body(text)));
}

/// The object under `body` in the envelope.
Result<Json> parse_object(std::string_view text) {
  Json envelope = parse_json(text);
  const auto body = envelope.find("body");
  if (body == envelope.end() || !body->is_object()) {
    return not_profefe(text);
  }
  return std::move(*body);
}

/// The array under `body`; Go writes one without elements as null, too.
Result<Json> parse_array(std::string_view text) {
  Json envelope = parse_json(text);
  const auto body = envelope.find("body");
  if (body == envelope.end() || !(body->is_array() || body->is_null())) {
    return not_profefe(text);
  }
  return body->is_null() ? Json::array() : std::move(*body);
}

Labels read_labels(const Json& profile) {
  Labels labels;
  const auto found = profile.find("labels");
  if (found == profile.end() || !found->is_array()) {
    return labels;
  }
  for (const Json& label : *found) {
    labels.insert_or_assign(text_at(label, "key"), text_at(label, "value"));
  }
  return labels;
}

/// Go writes a time that is not known as the year 1.
std::optional<SystemTime> read_time(const std::string& text) {
  if (text.starts_with("0001-")) {
    return std::nullopt;
  }
  const Result<SystemTime> time = parse_rfc3339(text);
  return time ? std::optional(*time) : std::nullopt;
}

Result<StoredProfile> read_profile(const Json& object) {
  StoredProfile profile{.id = text_at(object, "id"),
                        .type = text_at(object, "type"),
                        .service = text_at(object, "service"),
                        .labels = read_labels(object),
                        .created_at = read_time(text_at(object, "created_at")),
                        .url = {}};
  if (profile.id.empty()) {
    return fail(ErrorKind::malformed, "a profile without an id");
  }
  return profile;
}

}  // namespace

Result<StoredProfile> parse_profile(std::string_view body) {
  TRY_ASSIGN(const Json object, parse_object(body));
  return read_profile(object);
}

Result<std::vector<StoredProfile>> parse_profiles(std::string_view body) {
  TRY_ASSIGN(const Json list, parse_array(body));
  std::vector<StoredProfile> profiles;
  profiles.reserve(list.size());
  for (const Json& object : list) {
    TRY_ASSIGN(StoredProfile profile, read_profile(object));
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

Result<std::vector<std::string>> parse_services(std::string_view body) {
  TRY_ASSIGN(const Json list, parse_array(body));
  std::vector<std::string> services;
  services.reserve(list.size());
  for (const Json& service : list) {
    if (!service.is_string()) {
      return fail(ErrorKind::malformed, "a service name that is not a string");
    }
    services.push_back(service.get_ref<const std::string&>());
  }
  return services;
}

Result<ServerVersion> parse_version(std::string_view body) {
  TRY_ASSIGN(const Json object, parse_object(body));
  return ServerVersion{.version = text_at(object, "version"),
                       .commit = text_at(object, "commit"),
                       .go_version = text_at(object, "go_version")};
}

bool is_nothing_found(const http::Response& response) {
  constexpr int k_no_content = 204;
  constexpr int k_not_found = 404;
  return response.status == k_no_content ||
         (response.status == k_not_found &&
          http::error_text(response.body.bytes) == "nothing found");
}

bool is_empty_profile(const http::Response& response) {
  constexpr int k_bad_request = 400;
  return response.status == k_bad_request &&
         http::error_text(response.body.bytes)
                 .find("profile is empty: no samples") != std::string::npos;
}

bool is_html(std::string_view body) {
  constexpr std::array<std::string_view, 3> k_openings = {"<!doctype", "<html",
                                                          "<head"};
  body = trim(body);
  return std::ranges::any_of(k_openings, [&](std::string_view opening) {
    return equals_ignoring_case(body.substr(0, opening.size()), opening);
  });
}

std::string describe_body(std::string_view body) {
  if (trim(body).empty()) {
    return "an empty body";
  }
  if (is_html(body)) {
    return "an HTML page";
  }
  constexpr std::size_t k_enough_to_recognise = 80;
  return fmt::format("\"{}\"", one_line(body, k_enough_to_recognise));
}

}  // namespace kprofefe::profefe
