// SPDX-License-Identifier: MIT
#include "source/load.hpp"

#include "collect/reach_server.hpp"
#include "kube/names.hpp"
#include "source/local.hpp"
#include "source/url.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

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
    std::vector<kube::PodName> pods;
    std::vector<std::string> guesses;
    for (const Source& source : sources) {
      if (source.kind == Kind::pod) {
        CO_TRY_ASSIGN(kube::PodName pod, kube::parse_pod_name(source.text));
        pods.push_back(std::move(pod));
      } else {
        const Result<void> added = co_await add_source(source);
        if (!added) {
          co_return added;
        }
      }
      if (source.is_guess) {
        guesses.push_back(source.text);
      }
    }
    if (pods.empty()) {
      co_return Result<void>{};
    }
    co_return co_await add_pods(std::move(pods), std::move(guesses));
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

  async::Task<Result<void>> add_pods(std::vector<kube::PodName> pods,
                                     std::vector<std::string> guesses) {
    collect::CaptureRequest named = request_->live;
    collect::Selection& selection = named.pods.selection;
    selection = {.ns = selection.ns,
                 .only_annotated = selection.only_annotated,
                 .endpoint = selection.endpoint};
    for (kube::PodName& pod : pods) {
      if (!pod.port.empty()) {
        selection.ports.insert_or_assign(pod.name, std::move(pod.port));
      }
      selection.names.push_back(std::move(pod.name));
    }
    named.pods.all_namespaces = false;
    const Result<void> added =
        co_await load_pods(session_, &named, listener_, &loader_);
    if (!added) {
      co_return std::unexpected(explain_guesses(added.error(), guesses));
    }
    co_return added;
  }

  /// A file whose name was mistyped ends as a pod that is not there, or as an
  /// API server that nobody thought of.
  static Error explain_guesses(const Error& error,
                               const std::vector<std::string>& guesses) {
    if (guesses.empty() || error.kind == ErrorKind::cancelled ||
        error.kind == ErrorKind::usage ||
        error.detail == ErrorDetail::nothing_captured) {
      return error;
    }
    return error.with_context(fmt::format(
        "\"{}\" {}", fmt::join(guesses, "\", \""),
        guesses.size() == 1
            ? "is not an existing file, so it was taken as a pod name"
            : "are not existing files, so they were taken as pod names"));
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
