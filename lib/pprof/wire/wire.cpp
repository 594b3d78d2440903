// SPDX-License-Identifier: MIT
#include "pprof/wire/wire.hpp"

#include "pprof/wire/profile_fields.hpp"

namespace kprofefe::pprof {

std::string_view profile_field_name(std::uint32_t number) {
  constexpr std::array<std::string_view, proto::Profile::end> k_names = {
      "field",      "sample type",    "sample",
      "mapping",    "location",       "function",
      "string",     "drop_frames",    "keep_frames",
      "time_nanos", "duration_nanos", "period type",
      "period",     "comment",        "default_sample_type",
      "doc_url"};
  return number < k_names.size() ? k_names.at(number) : k_names[0];
}

}  // namespace kprofefe::pprof
