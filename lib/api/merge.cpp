// SPDX-License-Identifier: MIT
#include "api/merge.hpp"

#include "pprof/merge.hpp"
#include "pprof/read.hpp"
#include "pprof/write.hpp"

#include <cstddef>
#include <utility>

namespace kprofefe::api {
namespace {

Result<void> add(pprof::Combiner& sum, const std::string& body) {
  TRY_ASSIGN(pprof::Profile profile, pprof::read_profile(body));
  return sum.add(std::move(profile));
}

Result<std::string> finish(pprof::Combiner& sum) {
  TRY_ASSIGN(const pprof::Profile profile, sum.finish());
  return pprof::write_profile(profile);
}

bool is_missing(const Result<std::string>& body) {
  return !body && body.error().kind == ErrorKind::not_found;
}

}  // namespace

async::Task<Result<std::string>> merge(store::Store* store,
                                       async::Workers* workers,
                                       std::vector<store::ProfileId> ids) {
  if (ids.size() == 1) {
    co_return co_await store->read(ids.front());
  }
  pprof::Combiner sum;
  std::size_t added = 0;
  for (const store::ProfileId& id : ids) {
    const Result<std::string> body = co_await store->read(id);
    if (is_missing(body)) {
      continue;
    }
    CO_TRY(body);
    const auto add_body = [&sum, &body] { return add(sum, *body); };
    CO_TRY(co_await workers->run(add_body));
    ++added;
  }
  if (added == 0) {
    co_return fail(ErrorKind::not_found, "nothing found");
  }
  const auto finish_sum = [&sum] { return finish(sum); };
  co_return co_await workers->run(finish_sum);
}

}  // namespace kprofefe::api
