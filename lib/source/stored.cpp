// SPDX-License-Identifier: MIT
#include "source/stored.hpp"

#include "async/for_each_bounded.hpp"
#include "base/moment.hpp"
#include "pprof/kind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
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

/// A pod whose service has its name, as kube-profefe calls those without one,
/// has no label of its own.
Origin origin_of(const profefe::StoredProfile& profile) {
  const auto label = [&](std::string_view key, const std::string& otherwise) {
    const auto found = profile.labels.find(key);
    return found == profile.labels.end() ? otherwise : found->second;
  };
  return {.pod = label("pod", profile.service),
          .ns = label("namespace", ""),
          .service = profile.service};
}

/// All that a query found, on its way into a loader.
class QueryRun {
 public:
  QueryRun(const Session* session, profefe::Server server, Loader* loader)
      : session_(session),
        profefe_(session->http, std::move(server), {.stop = session->stop}),
        loader_(loader) {}

  async::Task<Result<std::vector<profefe::StoredProfile>>> find(
      profefe::ProfileQuery query) {
    return profefe_.find_profiles(std::move(query));
  }

  /// Their sum.
  async::Task<Result<void>> add_sum(std::vector<profefe::StoredProfile> found) {
    const auto add = [this](pprof::Profile profile, const Source& source) {
      return loader_->add(std::move(profile), source);
    };
    co_return co_await for_each(std::move(found), add);
  }

  async::Task<Result<void>> add_newest(std::vector<Series> series) {
    std::vector<profefe::StoredProfile> newest;
    newest.reserve(series.size());
    for (Series& one : series) {
      newest.push_back(std::move(one.back()));
    }
    co_return co_await add_sum(std::move(newest));
  }

  async::Task<Result<void>> add_increases(std::vector<Series> series) {
    for (Series& one : series) {
      Increase increase(loader_);
      const auto add = [&](pprof::Profile profile, const Source& source) {
        return increase.add(std::move(profile), source.text);
      };
      CO_TRY(co_await for_each(std::move(one), add));
      CO_TRY(increase.finish());
    }
    co_return Result<void>{};
  }

  async::Task<Result<void>> add_averages(std::vector<Series> series) {
    for (Series& one : series) {
      const double share = 1 / static_cast<double>(one.size());
      const auto add = [&](pprof::Profile profile, const Source& source) {
        return loader_->add(std::move(profile), source, share);
      };
      CO_TRY(co_await for_each(std::move(one), add));
    }
    co_return Result<void>{};
  }

  /// When there is nothing else, what could not be had is the failure.
  [[nodiscard]] Result<void> result() const {
    if (loader_->size() == 0 && first_error_) {
      return std::unexpected(*first_error_);
    }
    return {};
  }

 private:
  using Add = std::function<Result<void>(pprof::Profile, const Source&)>;

  /// In that order. Errors: cancelled.
  async::Task<Result<void>> for_each(std::vector<profefe::StoredProfile> found,
                                     Add add) {
    std::span<const profefe::StoredProfile> rest = found;
    while (!rest.empty()) {
      const auto next = rest.first(std::min(k_at_once, rest.size()));
      const Fetched fetched = co_await fetch_all(&profefe_, ids_of(next));
      CO_TRY(take_all(fetched, next, add));
      rest = rest.subspan(next.size());
    }
    co_return Result<void>{};
  }

  static std::vector<std::string> ids_of(
      std::span<const profefe::StoredProfile> profiles) {
    std::vector<std::string> ids;
    ids.reserve(profiles.size());
    for (const profefe::StoredProfile& profile : profiles) {
      ids.push_back(profile.id);
    }
    return ids;
  }

  Result<void> take_all(const Fetched& fetched,
                        std::span<const profefe::StoredProfile> profiles,
                        const Add& add) {
    for (std::size_t i = 0; i < profiles.size(); ++i) {
      TRY(take(fetched[i].value(), profiles[i], add));
    }
    return {};
  }

  Result<void> take(const Result<std::string>& bytes,
                    const profefe::StoredProfile& stored, const Add& add) {
    const Source source{Kind::stored, stored.id};
    Result<void> added;
    if (!bytes) {
      added = std::unexpected(bytes.error());
    } else if (Result<pprof::Profile> profile = Loader::read(*bytes, source)) {
      add_origin(*profile, origin_of(stored));
      added = add(*std::move(profile), source);
    } else {
      added = std::unexpected(std::move(profile).error());
    }
    if (added || added.error().kind == ErrorKind::cancelled) {
      return added;
    }
    loader_->mark_incomplete();
    session_->messages->note("skipped: " + added.error().message);
    first_error_ = first_error_.value_or(added.error());
    return {};
  }

  const Session* session_;
  profefe::Client profefe_;
  Loader* loader_;
  std::optional<Error> first_error_;
};

/// What the profiles of a query are over time; of types that are not Go's,
/// which nobody knows, as if they were deltas.
pprof::Temporality temporality_of(const std::string& type) {
  const Result<pprof::ProfileKind> kind = pprof::parse_kind(type);
  return kind ? pprof::temporality(*kind) : pprof::Temporality::delta;
}

std::string count(std::size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

/// What the result is of: `the newest heap of each of 3 pods (72 profiles)`.
std::string describe(const StoredQuery& query, std::size_t profiles,
                     std::size_t pods) {
  const std::string& type = query.query.type;
  const std::string of_pods = count(pods, "pod");
  const pprof::Temporality temporality = temporality_of(type);
  std::string what = fmt::format("the sum of {} of {}",
                                 count(profiles, type + " profile"), of_pods);
  if (query.aggregation == Aggregation::average) {
    what = fmt::format("the average of {} of {}",
                       count(profiles, type + " profile"), of_pods);
  } else if (query.aggregation == Aggregation::automatic && profiles > pods) {
    if (temporality == pprof::Temporality::gauge) {
      what = fmt::format("the newest of {} of {}",
                         count(profiles, type + " profile"), of_pods);
    } else if (temporality == pprof::Temporality::cumulative) {
      what = fmt::format("the increase over {} of {}",
                         count(profiles, type + " profile"), of_pods);
    }
  }
  return fmt::format("{}, {} to {}", what, format_rfc3339(query.query.from),
                     format_rfc3339(query.query.to));
}

}  // namespace

async::Task<Result<void>> load_stored(const Session* session,
                                      profefe::Server server, std::string id,
                                      Loader* loader) {
  profefe::Client profefe(session->http, std::move(server),
                          {.stop = session->stop});
  Result<std::string> bytes = co_await profefe.fetch(id);
  if (!bytes) {
    co_return std::unexpected(std::move(bytes).error());
  }
  co_return loader->add(*bytes, {Kind::stored, id});
}

async::Task<Result<void>> load_query(const Session* session,
                                     profefe::Server server, StoredQuery query,
                                     Loader* loader) {
  QueryRun run(session, std::move(server), loader);
  CO_TRY_ASSIGN(std::vector<profefe::StoredProfile> found,
                co_await run.find(query.query));
  if (found.empty()) {
    co_return fail(
        ErrorKind::not_found,
        fmt::format(
            "no {} profiles of service {} from {} to {}; `get services` and "
            "`get profiles` list what is stored",
            query.query.type, query.query.service,
            format_rfc3339(query.query.from), format_rfc3339(query.query.to)));
  }
  const pprof::Temporality temporality = temporality_of(query.query.type);
  const std::size_t profiles = found.size();
  std::vector<Series> series = group_by_pod(found);
  const std::size_t pods = series.size();
  const std::string what = describe(query, profiles, pods);
  const bool is_automatic = query.aggregation == Aggregation::automatic;
  Result<void> added;
  if (query.aggregation == Aggregation::average) {
    added = co_await run.add_averages(std::move(series));
  } else if (is_automatic && temporality == pprof::Temporality::gauge) {
    if (profiles > series.size()) {
      session->messages->note("this is " + what + "; --sum adds up all");
    }
    added = co_await run.add_newest(std::move(series));
  } else if (is_automatic && temporality == pprof::Temporality::cumulative) {
    added = co_await run.add_increases(std::move(series));
  } else {
    added = co_await run.add_sum(std::move(found));
  }
  CO_TRY(std::move(added));
  loader->describe("Profiles: " + what);
  co_return run.result();
}

}  // namespace kprofefe::source
