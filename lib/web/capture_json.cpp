// SPDX-License-Identifier: MIT
#include "web/capture_json.hpp"

#include "web/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace kprofefe::web {
namespace {

using nlohmann::ordered_json;

/// How long to sample; 0 of what is only counted. Errors: usage.
Result<std::chrono::seconds> parse_seconds(const ordered_json& json,
                                           const CaptureOrder& order) {
  constexpr std::int64_t k_most_seconds = 3600;
  if (!pprof::samples_over_time(order.kind)) {
    return std::chrono::seconds(0);
  }
  const auto seconds = json.find("seconds");
  if (seconds == json.end()) {
    return order.seconds;
  }
  const std::int64_t count =
      seconds->is_number_integer() ? seconds->get<std::int64_t>() : 0;
  if (count < 1 || count > k_most_seconds) {
    return fail(ErrorKind::usage,
                fmt::format("invalid seconds: use 1 to {}", k_most_seconds));
  }
  return std::chrono::seconds(count);
}

}  // namespace

Result<CaptureOrder> parse_order(std::string_view body) {
  const ordered_json json = ordered_json::parse(body, nullptr, false);
  if (!json.is_object()) {
    return fail(ErrorKind::usage, "expected a JSON object");
  }
  CaptureOrder order;
  if (const auto type = json.find("type");
      type != json.end() && type->is_string()) {
    TRY_ASSIGN(order.kind, pprof::parse_kind(type->get<std::string>()));
  }
  if (order.kind == pprof::ProfileKind::trace) {
    return fail(ErrorKind::usage, "a runtime trace is no profile");
  }
  TRY_ASSIGN(order.seconds, parse_seconds(json, order));
  const auto targets = json.find("targets");
  if (targets != json.end() && targets->is_array()) {
    order.pods.reserve(targets->size());
    for (const ordered_json& target : *targets) {
      order.pods.push_back(target.is_string() ? target.get<std::string>()
                                              : std::string());
    }
  }
  return order;
}

ordered_json describe(std::string_view id, const CaptureStatus& status) {
  const std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - status.begun;
  return {{"id", id},
          {"state", state_name(status.state)},
          {"type", pprof::kind_name(status.order.kind)},
          {"seconds", status.order.seconds.count()},
          {"elapsed_seconds", elapsed.count()},
          {"pods", status.pods},
          {"pods_done", status.pods_done},
          {"failures", status.failures},
          {"route", text_or_null(status.route)},
          {"profile", text_or_null(status.profile)},
          {"error", text_or_null(status.error)}};
}

}  // namespace kprofefe::web
