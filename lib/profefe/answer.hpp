// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "http/message.hpp"
#include "profefe/labels.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// profefe answers every request of its API with one JSON object:
//   {"code":200,"body":...}     body: an object or array, by request
//   {"code":4xx,"error":"..."}
// Its Content-Type is often text/plain, so it is told by its content. A wrong
// method on /profiles is answered 200 with an empty body.

namespace kprofefe::profefe {

/// A profile as profefe describes it.
struct StoredProfile {
  std::string id;
  std::string type;  ///< profefe's own; type_name() has the one we use
  std::string service;
  Labels labels;
  std::optional<SystemTime> created_at;
  std::string url;  ///< where its bytes can be fetched
};

/// What a profefe server says about itself; any part may be empty.
struct ServerVersion {
  std::string version;
  std::string commit;
  std::string go_version;
};

/// These read the body of a 200. Errors: malformed; the message says what the
/// body is instead (`an HTML page`, `an empty body`). `url` stays empty.
Result<StoredProfile> parse_profile(std::string_view body);
Result<std::vector<StoredProfile>> parse_profiles(std::string_view body);
Result<std::vector<std::string>> parse_services(std::string_view body);
Result<ServerVersion> parse_version(std::string_view body);

/// profefe's word for no hit: 404 `nothing found`, or 204. A 404 of anybody
/// else, e.g. of a wrong path, is not.
bool is_nothing_found(const http::Response& response);

/// profefe refuses (400) a profile without samples, as block and mutex
/// profiles usually are.
bool is_empty_profile(const http::Response& response);

/// `body` is a web page, which no profile and no answer of profefe is.
bool is_html(std::string_view body);

/// What a body is that should have been something else: `an empty body`,
/// `an HTML page`, or its beginning in quotes.
std::string describe_body(std::string_view body);

}  // namespace kprofefe::profefe
