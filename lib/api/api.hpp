// SPDX-License-Identifier: MIT
#pragma once

#include "api/examine.hpp"
#include "api/parameters.hpp"
#include "api/tokens.hpp"
#include "async/task.hpp"
#include "async/workers.hpp"
#include "base/env.hpp"
#include "pprof/check.hpp"
#include "server/message.hpp"
#include "store/store.hpp"

#include <string>
#include <string_view>

namespace kprofefe::api {

struct ApiLimits {
  pprof::CheckLimits profile;
  SeriesLimits series;
};

/// Answers profefe's HTTP API, `/api/0/...`, from a store, and says at
/// `/healthz` and `/readyz` how it is. Both pointers must outlive it.
class Api {
 public:
  Api(store::Store* store, const Env* env, Guard guard, ApiLimits limits);

  /// Never fails: what is wrong is a status, with words for people.
  async::Task<server::Response> answer(server::Request request);

 private:
  using Answer = Result<server::Response>;

  async::Task<server::Response> answer_api(server::Request* request,
                                           std::string_view what);
  async::Task<Answer> answer_profiles(server::Request* request,
                                      std::string_view what);
  async::Task<Answer> create(server::Request* request);
  async::Task<Answer> list(const server::Request* request);
  async::Task<Answer> merge_found(const server::Request* request);
  async::Task<Answer> fetch(std::string ids);
  async::Task<Answer> list_services();
  [[nodiscard]] server::Response describe_error(const Error& error) const;

  store::Store* store_;
  const Env* env_;
  Guard guard_;
  ApiLimits limits_;
  async::Workers workers_{2};
};

}  // namespace kprofefe::api
