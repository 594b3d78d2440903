// SPDX-License-Identifier: MIT
#include "api/parameters.hpp"

#include "base/moment.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "http/url.hpp"
#include "profefe/profile_type.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kprofefe::api {
namespace {

std::unexpected<Error> bad_request(std::string_view why) {
  return fail(ErrorKind::usage, fmt::format("bad request: {}", why));
}

std::string_view value_of(const server::Request& request,
                          std::string_view name) {
  return server::find_parameter(request, name).value_or("");
}

/// Go's layout `2006-01-02T15:04:05`, which takes a fraction as well: RFC 3339
/// without its zone.
Result<SystemTime> parse_time(std::string_view name, std::string_view text) {
  Result<SystemTime> time =
      parse_rfc3339(fmt::format("{}Z", text.substr(0, text.find('.'))));
  std::int64_t nanoseconds = 0;
  if (const auto point = text.find('.'); point != std::string_view::npos) {
    const std::string_view digits = text.substr(point + 1);
    const auto number =
        parse_number<std::uint32_t>(fmt::format("{:0<9}", digits.substr(0, 9)));
    if (!number || digits.empty() ||
        digits.find_first_not_of("0123456789") != std::string_view::npos) {
      time = fail(ErrorKind::usage, "");
    }
    nanoseconds = number.value_or(0);
  }
  if (!time) {
    return bad_request(fmt::format(
        "bad \"{0}\" \"{1}\": time in unsupported format \"{1}\"; use UTC "
        "without a zone, as in 2026-01-31T09:30:00",
        name, one_line(text)));
  }
  return *time + std::chrono::nanoseconds(nanoseconds);
}

Result<std::string> read_service(const server::Request& request) {
  const std::string_view service = value_of(request, "service");
  if (service.empty()) {
    return bad_request("missing \"service\"");
  }
  return std::string(service);
}

Result<std::vector<store::Label>> read_labels(const server::Request& request) {
  return parse_labels(value_of(request, "labels"));
}

Result<SystemTime> read_time(const server::Request& request,
                             std::string_view name) {
  const std::string_view text = value_of(request, name);
  if (text.empty()) {
    return bad_request(fmt::format("missing \"{}\"", name));
  }
  return parse_time(name, text);
}

/// As Go's strconv.Atoi; 0 or less is no limit.
Result<std::optional<std::size_t>> read_limit(const server::Request& request) {
  std::string_view text = value_of(request, "limit");
  if (text.empty()) {
    return std::optional<std::size_t>();
  }
  if (text.starts_with('+')) {
    text.remove_prefix(1);
  }
  const auto number = parse_number<std::int64_t>(text);
  if (!number) {
    return bad_request(fmt::format("bad \"limit\" \"{}\": use a whole number",
                                   one_line(text)));
  }
  return *number > 0 ? std::optional(static_cast<std::size_t>(*number))
                     : std::nullopt;
}

/// A query is decoded twice, and a `+` in what is left is a blank, too.
std::string decode_part(std::string_view part) {
  std::string text(trim(part));
  std::ranges::replace(text, '+', ' ');
  return http::percent_decode(text);
}

/// Where a `%` is not followed by two hex digits.
std::optional<std::string_view> find_bad_escape(std::string_view text) {
  constexpr std::string_view k_hex = "0123456789abcdefABCDEF";
  for (auto at = text.find('%'); at != std::string_view::npos;
       at = text.find('%', at + 3)) {
    const std::string_view escape = text.substr(at, 3);
    if (escape.size() < 3 ||
        escape.find_first_not_of(k_hex, 1) != std::string_view::npos) {
      return escape;
    }
  }
  return std::nullopt;
}

Result<void> check(const store::Series& series, const SeriesLimits& limits) {
  if (series.service.size() > limits.max_service_bytes) {
    return bad_request(fmt::format("bad \"service\": {} bytes; {} are allowed",
                                   series.service.size(),
                                   limits.max_service_bytes));
  }
  if (series.labels.size() > limits.max_labels) {
    return bad_request(fmt::format("bad \"labels\": {} of them; {} are allowed",
                                   series.labels.size(), limits.max_labels));
  }
  const auto is_too_long = [&](const store::Label& label) {
    return label.key.size() + label.value.size() > limits.max_label_bytes;
  };
  if (const auto found = std::ranges::find_if(series.labels, is_too_long);
      found != series.labels.end()) {
    return bad_request(fmt::format(
        "bad \"labels\": one has {} bytes; {} are allowed",
        found->key.size() + found->value.size(), limits.max_label_bytes));
  }
  return {};
}

}  // namespace

Result<std::vector<store::Label>> parse_labels(std::string_view text) {
  if (const auto escape = find_bad_escape(text)) {
    return bad_request(
        fmt::format("bad \"labels\" \"{}\": invalid URL escape "
                    "\"{}\"",
                    one_line(text), one_line(*escape)));
  }
  std::vector<store::Label> labels;
  for (const std::string_view part : split(text, ',')) {
    const auto equals = part.find('=');
    std::string key = decode_part(part.substr(0, equals));
    if (!key.empty()) {
      labels.push_back({.key = std::move(key),
                        .value = equals == std::string_view::npos
                                     ? ""
                                     : decode_part(part.substr(equals + 1))});
    }
  }
  std::ranges::sort(labels);
  return labels;
}

Result<store::Series> read_series(const server::Request& request,
                                  const SeriesLimits& limits) {
  store::Series series;
  TRY_ASSIGN(series.service, read_service(request));
  TRY_ASSIGN(series.labels, read_labels(request));
  const std::string_view type = value_of(request, "type");
  if (!profefe::is_stored_type(type)) {
    return bad_request("unknown profile type");
  }
  series.type = type;
  TRY(check(series, limits));
  return series;
}

Result<store::Query> read_query(const server::Request& request) {
  store::Query query;
  TRY_ASSIGN(query.service, read_service(request));
  TRY_ASSIGN(query.labels, read_labels(request));
  TRY_ASSIGN(query.from, read_time(request, "from"));
  TRY_ASSIGN(query.to, read_time(request, "to"));
  if (query.from > query.to) {
    return bad_request(fmt::format(
        "CreatedAtMin after CreatedAtMax: \"from\" {} is after \"to\" {}",
        format_rfc3339(query.from), format_rfc3339(query.to)));
  }
  TRY_ASSIGN(query.limit, read_limit(request));
  const std::string_view type = value_of(request, "type");
  if (profefe::is_stored_type(type)) {
    query.type = type;
  }
  return query;
}

Result<std::optional<SystemTime>> read_created_at(
    const server::Request& request) {
  const std::string_view text = value_of(request, "created_at");
  if (text.empty()) {
    return std::optional<SystemTime>();
  }
  return parse_time("created_at", text);
}

}  // namespace kprofefe::api
