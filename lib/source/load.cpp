// SPDX-License-Identifier: MIT
#include "source/load.hpp"

#include "collect/reach_server.hpp"
#include "source/local.hpp"
#include "source/named_pods.hpp"
#include "source/url.hpp"

#include <optional>
#include <string>
#include <utility>

namespace kprofefe::source {
namespace {

/// One input on its way.
class Reading {
 public:
  Reading(const Session* session, const ReadRequest* request,
          CaptureListener* listener)
      : session_(session), request_(request), listener_(listener) {}

  async::Task<Result<LoadedProfile>> read(Input input) {
    Result<void> added = co_await add(std::move(input));
    if (!added) {
      co_return std::unexpected(std::move(added).error());
    }
    co_return loader_.finish();
  }

 private:
  async::Task<Result<void>> add(Input input) {
    if (auto* const query = std::get_if<StoredQuery>(&input)) {
      CO_TRY_ASSIGN(profefe::Server server, co_await reach_server());
      co_return co_await load_query(session_, std::move(server),
                                    std::move(*query), &loader_);
    }
    if (auto* const sources = std::get_if<std::vector<Source>>(&input)) {
      co_return co_await add_sources(std::move(*sources));
    }
    co_return co_await load_pods(session_, &request_->live, listener_,
                                 &loader_);
  }

  async::Task<Result<void>> add_sources(std::vector<Source> sources) {
    CO_TRY_ASSIGN(const NamedPods pods, NamedPods::among(sources));
    for (const Source& source : sources) {
      if (source.kind == Kind::pod) {
        continue;
      }
      const Result<void> added = co_await add_source(source);
      if (!added) {
        co_return added;
      }
    }
    if (pods.empty()) {
      co_return Result<void>{};
    }
    const collect::CaptureRequest named = pods.request(request_->live);
    const Result<void> added =
        co_await load_pods(session_, &named, listener_, &loader_);
    if (!added) {
      co_return std::unexpected(pods.explain(added.error()));
    }
    co_return added;
  }

  async::Task<Result<void>> add_source(Source source) {
    switch (source.kind) {
      case Kind::url:
        co_return co_await load_url(session_, source.text, &loader_);
      case Kind::stored:
        co_return co_await add_stored(source.text);
      case Kind::standard_input:
        co_return co_await load_standard_input(session_, &loader_);
      default:
        co_return load_file(source.text, loader_);
    }
  }

  async::Task<Result<void>> add_stored(std::string id) {
    CO_TRY_ASSIGN(profefe::Server server, co_await reach_server());
    co_return co_await load_stored(session_, std::move(server), std::move(id),
                                   &loader_);
  }

  /// Once for all stored profiles of this input.
  async::Task<Result<profefe::Server>> reach_server() {
    if (!server_) {
      CO_TRY_ASSIGN(server_,
                    co_await collect::reach_server(session_, request_->server,
                                                   &request_->live.cluster));
    }
    co_return *server_;
  }

  const Session* session_;
  const ReadRequest* request_;
  CaptureListener* listener_;
  Loader loader_;
  std::optional<profefe::Server> server_;
};

}  // namespace

async::Task<Result<LoadedProfile>> load(const Session* session, Input input,
                                        const ReadRequest* request,
                                        CaptureListener* listener) {
  Reading reading(session, request, listener);
  co_return co_await reading.read(std::move(input));
}

}  // namespace kprofefe::source
