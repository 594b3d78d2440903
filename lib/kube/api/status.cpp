// SPDX-License-Identifier: MIT
#include "kube/api/status.hpp"

#include "kube/text/json_text.hpp"

#include <nlohmann/json.hpp>

namespace kprofefe::kube {
namespace {

using Json = nlohmann::json;

/// The API server's are a few hundred bytes; what is larger is something else.
constexpr std::size_t k_max_bytes = std::size_t{1} << 20;

}  // namespace

std::optional<Status> parse_status(std::string_view body) {
  if (body.size() > k_max_bytes) {
    return std::nullopt;
  }
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object() || text_of(json, "kind") != "Status") {
    return std::nullopt;
  }
  Status status{.reason = text_of(json, "reason"),
                .message = text_of(json, "message")};
  const auto details = json.find("details");
  if (details != json.end() && details->is_object()) {
    status.name = text_of(*details, "name");
  }
  const auto metadata = json.find("metadata");
  if (metadata != json.end() && metadata->is_object()) {
    status.continue_token = text_of(*metadata, "continue");
  }
  return status;
}

}  // namespace kprofefe::kube
