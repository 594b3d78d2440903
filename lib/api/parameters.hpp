// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "server/message.hpp"
#include "store/stored_profile.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The parameters of profefe's API, by the rules of its pkg/profefe/request.go.
// Errors of all: usage, with the text that profefe answers.

namespace kprofefe::api {

/// What a client may give to a profile of its own.
struct SeriesLimits {
  std::size_t max_labels = 128;
  std::size_t max_label_bytes = 4096;  ///< of a key and its value
  std::size_t max_service_bytes = 1024;
};

/// `key=value,key=value`, each decoded on its own, sorted; of a part without
/// `=` the value is empty, of one without a key nothing is kept.
Result<std::vector<store::Label>> parse_labels(std::string_view text);

/// The service, type and labels of a profile to store.
Result<store::Series> read_series(const server::Request& request,
                                  const SeriesLimits& limits);

/// What a list or a merge asks for; an unknown type is all types.
Result<store::Query> read_query(const server::Request& request);

/// The parameter `created_at`; nothing when there is none.
Result<std::optional<SystemTime>> read_created_at(
    const server::Request& request);

}  // namespace kprofefe::api
