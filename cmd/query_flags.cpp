// SPDX-License-Identifier: MIT
#include "cmd/query_flags.hpp"

#include "cmd/flag_checks.hpp"

#include "base/moment.hpp"
#include "profefe/profile_type.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace kprofefe::cmd {

void add_query_flags(CLI::App& app, QueryFlags& flags,
                     const std::string& group) {
  app.add_option("--service", flags.service, "Service, see `get services`")
      ->type_name("NAME")
      ->check(refuse_empty)
      ->group(group);
  app.add_option("--label", flags.labels,
                 "Only profiles with this key=value; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false)
      ->group(group);
  app.add_option("--from", flags.from,
                 "From when on: 24h means 24 hours ago, or RFC 3339")
      ->type_name("TIME")
      ->group(group)
      ->capture_default_str();
  app.add_option("--to", flags.to, "Until when, as --from")
      ->type_name("TIME")
      ->group(group)
      ->capture_default_str();
  app.add_option("--limit", flags.limit, "At most so many (0: no limit)")
      ->type_name("N")
      ->group(group);
}

Result<void> check_profile_type(std::string_view type) {
  const auto known = profefe::known_type_names();
  if (std::ranges::find(known, type) == known.end()) {
    return fail(
        ErrorKind::usage,
        fmt::format("--profile-type \"{}\" is no type; the types are {}", type,
                    fmt::join(known, ", ")));
  }
  return {};
}

Result<profefe::ProfileQuery> make_query(const QueryFlags& flags,
                                         SystemTime now) {
  if (!flags.type.empty()) {
    TRY(check_profile_type(flags.type));
  }
  profefe::ProfileQuery query{.service = flags.service, .type = flags.type};
  TRY_ASSIGN(query.labels, profefe::parse_labels(flags.labels));
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
