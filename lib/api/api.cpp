// SPDX-License-Identifier: MIT
#include "api/api.hpp"

#include "api/answers.hpp"
#include "api/merge.hpp"
#include "base/text.hpp"
#include "http/url.hpp"
#include "profefe/profile_type.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace kprofefe::api {
namespace {

constexpr std::string_view k_root = "/api/0/";
constexpr std::string_view k_profiles = "profiles";
/// A type whose bytes nobody reads.
constexpr std::string_view k_trace = "trace";

std::string_view without_slash(std::string_view path) {
  return path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

/// `id` or `id+id`, with each that is none left out: there is no such profile.
std::vector<store::ProfileId> parse_ids(std::string_view text) {
  std::vector<store::ProfileId> ids;
  for (const std::string_view part : split(text, '+')) {
    if (const auto id = store::parse_id(part)) {
      ids.push_back(*id);
    }
  }
  return ids;
}

std::vector<store::ProfileId> ids_of(
    const std::vector<store::StoredProfile>& profiles) {
  std::vector<store::ProfileId> ids;
  ids.reserve(profiles.size());
  for (const store::StoredProfile& profile : profiles) {
    ids.push_back(profile.id);
  }
  return ids;
}

/// Whether it changes what is stored.
Access access_of(const server::Request& request) {
  return request.method == "POST" ? Access::write : Access::read;
}

}  // namespace

Api::Api(store::Store* store, const Env* env, Guard guard, ApiLimits limits)
    : store_(store), env_(env), guard_(std::move(guard)), limits_(limits) {}

async::Task<server::Response> Api::answer(server::Request request) {
  const std::string_view path = request.path;
  if (path == "/healthz") {
    co_return server::text_response(200, "ok");
  }
  if (path == "/readyz") {
    co_return store_->is_full()
        ? server::text_response(503, "no space left on the disk")
        : server::text_response(200, "ok");
  }
  if (!path.starts_with(k_root)) {
    co_return server::text_response(404, "404 page not found");
  }
  if (auto refusal = guard_.check(request, access_of(request))) {
    co_return *std::move(refusal);
  }
  co_return co_await answer_api(&request, path.substr(k_root.size()));
}

async::Task<server::Response> Api::answer_api(server::Request* request,
                                              std::string_view what) {
  if (what == "version") {
    co_return version_answer();
  }
  Answer answer = nothing_found();
  if (what == "services") {
    answer = co_await list_services();
  } else if (what.starts_with(k_profiles)) {
    answer = co_await answer_profiles(request, what.substr(k_profiles.size()));
  }
  co_return answer ? *std::move(answer) : describe_error(answer.error());
}

async::Task<Api::Answer> Api::answer_profiles(server::Request* request,
                                              std::string_view what) {
  if (without_slash(what).empty()) {
    if (request->method == "POST") {
      co_return co_await create(request);
    }
    if (request->method == "GET") {
      co_return co_await list(request);
    }
    co_return server::Response();  // as profefe answers other methods
  }
  if (what == "/merge") {
    co_return co_await merge_found(request);
  }
  if (what.starts_with('/')) {
    what.remove_prefix(1);
  }
  // Ids are decoded twice, by HTTP and by profefe.
  co_return co_await fetch(http::percent_decode(without_slash(what)));
}

async::Task<Api::Answer> Api::create(server::Request* request) {
  store::NewProfile profile;
  CO_TRY_ASSIGN(profile.series, read_series(*request, limits_.series));
  CO_TRY_ASSIGN(std::optional<SystemTime> created_at,
                read_created_at(*request));
  if (profile.series.type != k_trace) {
    const auto examine_body = [this, request] {
      return examine(request->body, limits_.profile);
    };
    CO_TRY_ASSIGN(Examined examined, co_await workers_.run(examine_body));
    created_at = examined.taken_at ? examined.taken_at : created_at;
    profile.totals = std::move(examined.totals);
  }
  profile.created_on_arrival = !created_at;
  profile.created_at = created_at.value_or(env_->now());
  profile.body = std::move(request->body);
  CO_TRY_ASSIGN(const store::StoredProfile stored,
                co_await store_->put(std::move(profile)));
  co_return profile_answer(stored);
}

async::Task<Api::Answer> Api::list(const server::Request* request) {
  CO_TRY_ASSIGN(store::Query query, read_query(*request));
  CO_TRY_ASSIGN(const std::vector<store::StoredProfile> found,
                co_await store_->find(std::move(query)));
  co_return found.empty() ? nothing_found() : list_answer(found);
}

async::Task<Api::Answer> Api::merge_found(const server::Request* request) {
  CO_TRY_ASSIGN(store::Query query, read_query(*request));
  if (!query.type || *query.type == k_trace) {
    co_return error_answer(405, fmt::format("can't merge profiles of {} type",
                                            query.type.value_or("unknown")));
  }
  const std::string name = *query.type;
  CO_TRY_ASSIGN(const std::vector<store::StoredProfile> found,
                co_await store_->find(std::move(query)));
  if (found.empty()) {
    co_return nothing_found();
  }
  CO_TRY_ASSIGN(std::string bytes,
                co_await merge(store_, &workers_, ids_of(found)));
  co_return file_answer(std::move(bytes), name);
}

async::Task<Api::Answer> Api::fetch(std::string ids) {
  std::vector<store::ProfileId> parsed = parse_ids(ids);
  if (parsed.empty()) {
    co_return nothing_found();
  }
  CO_TRY_ASSIGN(std::string bytes,
                co_await merge(store_, &workers_, std::move(parsed)));
  co_return file_answer(std::move(bytes), ids);
}

async::Task<Api::Answer> Api::list_services() {
  CO_TRY_ASSIGN(const std::vector<std::string> services,
                co_await store_->services());
  co_return services.empty() ? nothing_found() : services_answer(services);
}

/// A disk without space is not a fault of ours, and passes.
server::Response Api::describe_error(const Error& error) const {
  return error.kind == ErrorKind::io && store_->is_full()
             ? error_answer(507, "no space left on the disk")
             : error_answer(error);
}

}  // namespace kprofefe::api
