// SPDX-License-Identifier: MIT
#include "source/stored.hpp"

#include "async/for_each_bounded.hpp"
#include "base/moment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace kprofefe::source {
namespace {

/// So many profiles are fetched at the same time, and then added in order.
constexpr std::size_t k_at_once = 8;

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

async::Task<Result<void>> load_all(const Session* session,
                                   profefe::Client* profefe,
                                   std::vector<profefe::StoredProfile> found,
                                   Loader* loader) {
  std::optional<Error> first_error;
  for (std::size_t begin = 0; begin < found.size(); begin += k_at_once) {
    std::vector<std::string> ids;
    const std::size_t end = std::min(begin + k_at_once, found.size());
    for (std::size_t index = begin; index < end; ++index) {
      ids.push_back(found[index].id);
    }
    const Fetched fetched = co_await fetch_all(profefe, ids);
    for (std::size_t index = 0; index < ids.size(); ++index) {
      const Result<std::string>& bytes = fetched[index].value();
      const Result<void> added =
          bytes ? loader->add(*bytes, {Kind::stored, ids[index]})
                : Result<void>(std::unexpected(bytes.error()));
      if (added) {
        continue;
      }
      if (added.error().kind == ErrorKind::cancelled) {
        co_return added;
      }
      loader->mark_incomplete();
      session->messages->note("skipped: " + added.error().message);
      first_error = first_error.value_or(added.error());
    }
  }
  if (loader->size() == 0 && first_error) {
    co_return std::unexpected(*first_error);
  }
  co_return Result<void>{};
}

}  // namespace

async::Task<Result<void>> load_stored(const Session* session, http::Url server,
                                      std::string id, Loader* loader) {
  profefe::Client profefe(session->http, server, {.stop = session->stop});
  Result<std::string> bytes = co_await profefe.fetch(id);
  if (!bytes) {
    co_return std::unexpected(std::move(bytes).error());
  }
  co_return loader->add(*bytes, {Kind::stored, id});
}

async::Task<Result<void>> load_query(const Session* session, http::Url server,
                                     profefe::ProfileQuery query,
                                     Loader* loader) {
  profefe::Client profefe(session->http, server, {.stop = session->stop});
  Result<std::vector<profefe::StoredProfile>> found =
      co_await profefe.find_profiles(query);
  if (!found) {
    co_return std::unexpected(std::move(found).error());
  }
  if (found->empty()) {
    co_return fail(
        ErrorKind::not_found,
        fmt::format(
            "no {} profiles of service {} from {} to {}; `get services` and "
            "`get profiles` list what is stored",
            query.type, query.service, format_rfc3339(query.from),
            format_rfc3339(query.to)));
  }
  co_return co_await load_all(session, &profefe, *std::move(found), loader);
}

}  // namespace kprofefe::source
