// SPDX-License-Identifier: MIT
#include "fuzz_target.hpp"

#include "api/parameters.hpp"
#include "http/url.hpp"
#include "server/http1/request_target.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace kprofefe;

/// As a client writes labels that it was given.
std::string labels_text(const std::vector<store::Label>& labels) {
  std::string text;
  for (const store::Label& label : labels) {
    text += http::percent_encode(label.key) + "=" +
            http::percent_encode(label.value) + ",";
  }
  return text;
}

void check_labels(std::string_view text) {
  const auto labels = api::parse_labels(text);
  if (!labels) {
    return;
  }
  check(std::ranges::is_sorted(*labels));
  const auto again = api::parse_labels(labels_text(*labels));
  check(again && *again == *labels);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_labels(text);
  auto target =
      server::parse_request_target("/api/0/profiles?" + std::string(text));
  if (!target) {
    return 0;
  }
  const server::Request request{.method = "GET",
                                .path = std::move(target->path),
                                .query = std::move(target->query)};
  const auto query = api::read_query(request);
  check(!query || query->from <= query->to);
  const auto series = api::read_series(
      request,
      {.max_labels = 8, .max_label_bytes = 64, .max_service_bytes = 64});
  check(!series ||
        (series->labels.size() <= 8 && series->service.size() <= 64));
  const auto created = api::read_created_at(request);
  check(created || created.error().kind == ErrorKind::usage);
  return 0;
}
