// SPDX-License-Identifier: MIT
#include "cmd/remote_sources.hpp"

#include "cmd/user_agent.hpp"

#include "async/for_each_bounded.hpp"
#include "base/moment.hpp"
#include "http/error_text.hpp"
#include "http/redirect.hpp"
#include "http/wrong_protocol.hpp"
#include "profefe/hostport.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace kprofefe::cmd {
namespace {

/// Long enough for an endpoint that samples for a minute or two first.
constexpr std::chrono::seconds k_url_timeout{150};

/// So many profiles are fetched at the same time, and then added in order.
constexpr std::size_t k_at_once = 8;

/// Where a GET of `request` leads within its server. Errors also: http_status,
/// for a redirect that is not followed.
async::Task<Result<http::Response>> get(http::Client* client,
                                        http::Request request) {
  http::RedirectChain chain(request.url);
  for (;;) {
    Result<http::Response> response = co_await client->send(request);
    if (!response) {
      co_return response;
    }
    CO_TRY_ASSIGN(std::optional<std::string> next, chain.next(*response));
    if (!next) {
      co_return response;
    }
    request.url = *std::move(next);
  }
}

/// The bytes of a success, or what was answered instead.
Result<std::string> read_answer(const std::string& url, std::string_view scheme,
                                Result<http::Response> outcome) {
  if (!outcome) {
    Error error = std::move(outcome).error();
    error.message += http::advise_scheme(error.message, scheme);
    return std::unexpected(error.with_context(url));
  }
  if (outcome->ok()) {
    return std::string(outcome->body.bytes.view());
  }
  constexpr int k_not_found = 404;
  const std::string reason = http::error_text(outcome->body.bytes);
  return fail(outcome->status == k_not_found ? ErrorKind::not_found
                                             : ErrorKind::http_status,
              fmt::format("{} answered {}{}{}{}", url, outcome->status,
                          reason.empty() ? "" : ": ", reason,
                          http::advise_scheme(reason, scheme)));
}

using Fetched = std::vector<std::optional<Result<std::string>>>;

async::Task<void> fetch_into(profefe::Client* profefe, std::string id,
                             std::optional<Result<std::string>>* place) {
  Result<std::string> bytes = co_await profefe->fetch(std::move(id));
  place->emplace(std::move(bytes));
}

async::Task<Fetched> fetch_all(profefe::Client* profefe,
                               std::vector<std::string> ids) {
  Fetched fetched(ids.size());
  const auto job = [&](std::size_t index) {
    return fetch_into(profefe, ids[index], &fetched[index]);
  };
  co_await async::for_each_bounded(ids.size(), k_at_once, job);
  co_return fetched;
}

}  // namespace

RemoteSources::RemoteSources(const Context& context)
    : context_(context), http_(loop_, user_agent()) {}

Result<void> RemoteSources::open(const std::string& hostport) {
  if (!profefe_) {
    TRY_ASSIGN(const http::Url url, profefe::parse_hostport(hostport));
    profefe_.emplace(&http_, url, profefe::Options{.stop = interrupt_.token()});
  }
  return {};
}

Result<void> RemoteSources::add_url(const std::string& url,
                                    Gathering& gathering) {
  TRY_ASSIGN(const http::Url parsed, http::parse_url(url));
  http::Request request{.url = url,
                        .timeout = k_url_timeout,
                        .proxy = std::nullopt,
                        .stop = interrupt_.token()};
  Result<http::Response> outcome = loop_.run(get(&http_, std::move(request)));
  TRY_ASSIGN(const std::string bytes,
             read_answer(url, parsed.scheme, std::move(outcome)));
  return gathering.add(bytes, {SourceKind::url, url});
}

Result<void> RemoteSources::add_stored(const std::string& hostport,
                                       const std::string& id,
                                       Gathering& gathering) {
  TRY(open(hostport));
  TRY_ASSIGN(const std::string bytes, loop_.run(profefe_->fetch(id)));
  return gathering.add(bytes, {SourceKind::stored, id});
}

Result<void> RemoteSources::add_query(const std::string& hostport,
                                      const profefe::ProfileQuery& query,
                                      Gathering& gathering) {
  TRY(open(hostport));
  TRY_ASSIGN(const std::vector<profefe::StoredProfile> found,
             loop_.run(profefe_->find_profiles(query)));
  if (found.empty()) {
    return fail(
        ErrorKind::not_found,
        fmt::format("no {} profiles of {} from {} to {}; `get services` and "
                    "`get profiles` list what there is",
                    query.type, query.service, format_rfc3339(query.from),
                    format_rfc3339(query.to)));
  }
  return add_all(found, gathering);
}

Result<void> RemoteSources::add_all(
    const std::vector<profefe::StoredProfile>& found, Gathering& gathering) {
  std::optional<Error> first_error;
  for (std::size_t begin = 0; begin < found.size(); begin += k_at_once) {
    std::vector<std::string> ids;
    const std::size_t end = std::min(begin + k_at_once, found.size());
    for (std::size_t index = begin; index < end; ++index) {
      ids.push_back(found[index].id);
    }
    const Fetched fetched = loop_.run(fetch_all(&*profefe_, ids));
    for (std::size_t index = 0; index < ids.size(); ++index) {
      const Result<std::string>& bytes = fetched[index].value();
      const Result<void> added =
          bytes ? gathering.add(*bytes, {SourceKind::stored, ids[index]})
                : Result<void>(std::unexpected(bytes.error()));
      if (added) {
        continue;
      }
      if (added.error().kind == ErrorKind::cancelled) {
        return added;
      }
      gathering.miss();
      print_note(context_.streams, "left out: " + added.error().message);
      first_error = first_error.value_or(added.error());
    }
  }
  if (gathering.size() == 0 && first_error) {
    return std::unexpected(*first_error);
  }
  return {};
}

}  // namespace kprofefe::cmd
