// SPDX-License-Identifier: MIT
#include "cmd/query_flags.hpp"

#include "base/moment.hpp"
#include "pprof/kind.hpp"
#include "profefe/profile_type.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace kprofefe::cmd {

void add_query_flags(cli::FlagGroup group, QueryFlags& flags) {
  add_label_flag(group, flags.labels,
                 "Only profiles with this key=value; may be repeated");
  group
      .text("--from", flags.from, "TIME",
            "Start: an age such as 24h, or an RFC 3339 time")
      ->capture_default_str();
  group.text("--to", flags.to, "TIME", "End, like --from")
      ->capture_default_str();
  group.number("--limit", flags.limit, {.least = 0U}, "N",
               "Maximum number of profiles; 0: no limit");
}

CLI::Option* add_label_flag(cli::FlagGroup group, profefe::Labels& labels,
                            const char* help) {
  const auto read = [](const std::vector<std::string>& texts) {
    return profefe::parse_labels(texts);
  };
  return group.parsed_list("--label", labels, read, "KEY=VALUE", help);
}

std::vector<std::string_view> profile_type_names() {
  std::vector<std::string_view> names;
  std::ranges::transform(pprof::k_profile_kinds, std::back_inserter(names),
                         pprof::kind_name);
  names.push_back(profefe::k_other);
  return names;
}

Result<std::string> read_profile_type(std::string_view type) {
  const std::vector<std::string_view> names = profile_type_names();
  if (std::ranges::find(names, type) == names.end()) {
    return fail(ErrorKind::usage,
                fmt::format("unknown type \"{}\": use one of {}", type,
                            fmt::join(names, ", ")));
  }
  return std::string(type);
}

Result<profefe::ProfileQuery> make_query(const QueryFlags& flags,
                                         SystemTime now) {
  profefe::ProfileQuery query{
      .service = flags.service, .type = flags.type, .labels = flags.labels};
  const Result<SystemTime> from = parse_moment(flags.from, now);
  if (!from) {
    return std::unexpected(from.error().with_context("--from"));
  }
  const Result<SystemTime> to = parse_moment(flags.to, now);
  if (!to) {
    return std::unexpected(to.error().with_context("--to"));
  }
  if (*from > *to) {
    return fail(
        ErrorKind::usage,
        fmt::format("--from {} ({}) is after --to {} ({})", flags.from,
                    format_rfc3339(*from), flags.to, format_rfc3339(*to)));
  }
  query.from = *from;
  // The API takes whole seconds, and profiles of this very second count.
  query.to = std::chrono::ceil<std::chrono::seconds>(*to);
  if (flags.limit > 0) {
    query.limit = flags.limit;
  }
  return query;
}

}  // namespace kprofefe::cmd
