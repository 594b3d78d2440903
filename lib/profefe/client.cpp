// SPDX-License-Identifier: MIT
#include "profefe/client.hpp"

#include "base/moment.hpp"
#include "base/text.hpp"
#include "http/error_text.hpp"
#include "http/redirect.hpp"
#include "http/retry.hpp"
#include "http/wrong_protocol.hpp"
#include "profefe/profile_type.hpp"

#include <fmt/format.h>

#include <utility>

namespace kprofefe::profefe {
namespace {

/// A line of JSON; hundreds of them may be on their way at the same time.
constexpr std::size_t k_max_push_answer = std::size_t{16} << 10;

/// `labels` and those that make up for a type profefe does not know.
Labels with_labels_of(const StoredType& type, Labels labels) {
  for (const auto& [key, value] : type.labels) {
    labels.insert_or_assign(key, value);
  }
  return labels;
}

std::string without_query(const std::string& url) {
  return url.substr(0, url.find('?'));
}

/// `http` or `https`, of a URL of ours.
std::string_view scheme_of(std::string_view url) {
  return url.substr(0, url.find(':'));
}

std::unexpected<Error> no_answer(const std::string& url, const Error& error) {
  std::string advice =
      http::advise_scheme(http::spoken_by(error), scheme_of(url));
  if (advice.empty() && http::is_retryable(error)) {
    advice = "; is profefe running there?";
  }
  return fail(error.kind, fmt::format("{}: {}{}", url, error.message, advice));
}

/// What to do about a status, as far as it tells.
std::string advice_on(const std::string& url, const http::Response& response,
                      std::string_view reason) {
  if (const auto target = http::redirect_target(url, response)) {
    return fmt::format("; it redirects to {}: use that URL",
                       one_line(without_query(*target)));
  }
  constexpr int k_not_found = 404;
  constexpr int k_not_allowed = 405;
  const int status = response.status;
  const bool is_other = status == k_not_found || status == k_not_allowed;
  return is_other
             ? "; is this a profefe server?"
             : http::advise_scheme(http::spoken_by(reason), scheme_of(url));
}

std::unexpected<Error> refused(const std::string& url,
                               const http::Response& response) {
  constexpr int k_unauthorized = 401;
  constexpr int k_forbidden = 403;
  const bool denied =
      response.status == k_unauthorized || response.status == k_forbidden;
  const std::string reason = http::error_text(response.body.bytes);
  return fail(denied ? ErrorKind::denied : ErrorKind::http_status,
              fmt::format("{} returned {}{}{}{}", url, response.status,
                          reason.empty() ? "" : ": ", reason,
                          advice_on(url, response, reason)));
}

std::unexpected<Error> not_profefe(const std::string& url, int status,
                                   std::string_view what) {
  return fail(ErrorKind::malformed,
              fmt::format("{} returned {} with {}; is this a profefe server?",
                          url, status, what));
}

/// What `parse` makes of a response that must be a success.
template <typename T>
Result<T> read_answer(const std::string& full_url,
                      const Result<http::Response>& outcome,
                      Result<T> (*parse)(std::string_view)) {
  const std::string url = without_query(full_url);
  if (!outcome) {
    return no_answer(url, outcome.error());
  }
  if (!outcome->ok()) {
    return refused(url, *outcome);
  }
  Result<T> parsed = parse(outcome->body.bytes);
  if (!parsed) {
    return not_profefe(url, outcome->status, parsed.error().message);
  }
  return parsed;
}

/// The same for a list, where no hit is no failure.
template <typename T>
Result<std::vector<T>> read_list(
    const std::string& url, const Result<http::Response>& outcome,
    Result<std::vector<T>> (*parse)(std::string_view)) {
  if (outcome && is_nothing_found(*outcome)) {
    return std::vector<T>();
  }
  return read_answer(url, outcome, parse);
}

Result<std::string> parse_bytes(std::string_view body) {
  if (body.empty() || is_html(body)) {
    return fail(ErrorKind::malformed,
                describe_body(body) + " instead of a profile");
  }
  return std::string(body);
}

}  // namespace

Client::Client(http::Client* http, Server server, Options options)
    : http_(http),
      base_(http::origin(server.url) + server.url.path),
      tunnel_(std::move(server.tunnel)),
      authorization_(std::move(server.authorization)),
      options_(std::move(options)),
      push_attempts_(http, options_.retry, options_.patience) {}

std::string Client::profile_url(std::string_view id) const {
  return fmt::format("{}/api/0/profiles/{}", base_,
                     http::percent_encode(http::percent_encode(id)));
}

http::Request Client::request_to(std::string url) const {
  http::Request request;
  request.url = std::move(url);
  request.limits.connect_timeout = options_.connect_timeout;
  request.limits.timeout = options_.timeout;
  request.limits.max_body_bytes = options_.max_body_bytes;
  if (tunnel_ == nullptr) {
    request.proxy = std::nullopt;  // by the environment
  }
  request.tunnel = tunnel_;
  if (!authorization_.empty()) {
    request.headers.emplace_back("Authorization", authorization_);
  }
  request.limits.stop = options_.stop;
  return request;
}

http::Request Client::request_to_push(const PushRequest& profile) const {
  const StoredType type = stored_type(profile.type);
  http::Query query;
  query.add("service", profile.service)
      .add("type", type.type)
      .add("labels", labels_text(with_labels_of(type, profile.labels)))
      .add("created_at", format_utc_without_zone(profile.created_at));
  http::Request request =
      request_to(fmt::format("{}/api/0/profiles?{}", base_, query.text()));
  request.method = "POST";
  request.headers.emplace_back("Content-Type", "application/octet-stream");
  request.limits.max_body_bytes = k_max_push_answer;
  request.body = profile.body;
  return request;
}

StoredProfile Client::with_url(StoredProfile profile) const {
  profile.url = profile_url(profile.id);
  return profile;
}

async::Task<Result<std::optional<StoredProfile>>> Client::push(
    PushRequest profile) {
  http::Request request = request_to_push(profile);
  const std::string url = request.url;
  const Result<http::Response> outcome =
      co_await push_attempts_.send(std::move(request));
  if (outcome && is_empty_profile(*outcome)) {
    co_return std::nullopt;
  }
  CO_TRY_ASSIGN(StoredProfile stored, read_answer(url, outcome, parse_profile));
  co_return with_url(std::move(stored));
}

async::Task<Result<http::Response>> Client::get(std::string url) {
  co_return co_await http::send_with_retry(http_, request_to(std::move(url)),
                                           options_.retry);
}

async::Task<Result<std::vector<StoredProfile>>> Client::find_profiles(
    ProfileQuery query) {
  const StoredType type = stored_type(query.type);
  http::Query text;
  text.add("service", query.service)
      .add("type", type.type)
      .add("from", format_utc_without_zone(query.from))
      .add("to", format_utc_without_zone(query.to))
      .add("labels", labels_text(with_labels_of(type, query.labels)))
      .add("limit", query.limit ? std::to_string(*query.limit) : "");
  const std::string url =
      fmt::format("{}/api/0/profiles?{}", base_, text.text());
  const Result<http::Response> outcome = co_await get(url);
  CO_TRY_ASSIGN(std::vector<StoredProfile> profiles,
                read_list(url, outcome, parse_profiles));
  for (StoredProfile& profile : profiles) {
    profile.url = profile_url(profile.id);
  }
  co_return profiles;
}

async::Task<Result<std::vector<std::string>>> Client::services() {
  const std::string url = base_ + "/api/0/services";
  const Result<http::Response> outcome = co_await get(url);
  co_return read_list(url, outcome, parse_services);
}

async::Task<Result<ServerVersion>> Client::version() {
  const std::string url = base_ + "/api/0/version";
  const Result<http::Response> outcome = co_await get(url);
  co_return read_answer(url, outcome, parse_version);
}

async::Task<Result<std::string>> Client::fetch(std::string id) {
  const std::string url = profile_url(id);
  const Result<http::Response> outcome = co_await get(url);
  if (outcome && is_nothing_found(*outcome)) {
    co_return fail(ErrorKind::not_found,
                   fmt::format("profefe at {} has no profile \"{}\"", base_,
                               one_line(id)));
  }
  co_return read_answer(url, outcome, parse_bytes);
}

}  // namespace kprofefe::profefe
