// SPDX-License-Identifier: MIT
#include "source/load.hpp"

#include "source/local.hpp"
#include "source/stored.hpp"
#include "source/url.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <utility>

namespace kprofefe::source {
namespace {

/// `api-0` of `pod/api-0`.
std::string name_of_pod(const Source& source) {
  return source.text.substr(source.text.find('/') + 1);
}

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
    if (auto* const query = std::get_if<profefe::ProfileQuery>(&input)) {
      co_return co_await load_query(session_, request_->server,
                                    std::move(*query), &loader_);
    }
    if (auto* const sources = std::get_if<std::vector<Source>>(&input)) {
      co_return co_await add_sources(std::move(*sources));
    }
    co_return co_await load_pods(session_, &request_->live, listener_,
                                 &loader_);
  }

  async::Task<Result<void>> add_sources(std::vector<Source> sources) {
    std::vector<std::string> pods;
    std::vector<std::string> guesses;
    for (const Source& source : sources) {
      if (source.kind == Kind::pod) {
        pods.push_back(name_of_pod(source));
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
        co_return co_await load_stored(session_, request_->server, source.text,
                                       &loader_);
      case Kind::standard_input:
        co_return co_await load_standard_input(session_, &loader_);
      default:
        co_return load_file(source.text, loader_);
    }
  }

  async::Task<Result<void>> add_pods(std::vector<std::string> names,
                                     std::vector<std::string> guesses) {
    collect::CaptureRequest named = request_->live;
    named.pods.selection = {.ns = named.pods.selection.ns,
                            .names = std::move(names)};
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
        error.kind == ErrorKind::usage) {
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
};

}  // namespace

async::Task<Result<LoadedProfile>> load(const Session* session, Input input,
                                        const ReadRequest* request,
                                        CaptureListener* listener) {
  Reading reading(session, request, listener);
  co_return co_await reading.read(std::move(input));
}

}  // namespace kprofefe::source
