// SPDX-License-Identifier: MIT
#include "source/dumps.hpp"

#include "base/file.hpp"
#include "pprof/foreign.hpp"
#include "source/local.hpp"
#include "source/named_pods.hpp"
#include "source/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace kprofefe::source {
namespace {

constexpr const char* k_standard_input = "standard input";

/// What is no dump at all is remembered by its first bytes, to say what it is.
class LocalDump {
 public:
  LocalDump(goroutines::Groups* groups, std::string name)
      : name_(std::move(name)), reader_(groups, {.name = name_}) {}

  void feed(std::string_view piece) {
    constexpr std::size_t k_told_by = 2048;
    head_ += piece.substr(0, k_told_by - std::min(head_.size(), k_told_by));
    reader_.feed(piece);
  }

  /// Errors: malformed.
  Result<void> finish() {
    if (reader_.finish() > 0) {
      return {};
    }
    const std::string what =
        head_.empty() ? "nothing" : pprof::foreign_format(head_);
    return fail(
        ErrorKind::malformed,
        fmt::format("{}: not a goroutine dump{}{}: there is no line such as "
                    "\"goroutine 1 [running]:\"; get one from "
                    "/debug/pprof/goroutine?debug=2",
                    name_, what.empty() ? "" : " but ", what));
  }

 private:
  std::string name_;
  std::string head_;
  goroutines::DumpReader reader_;
};

/// Groups what comes from pods as it comes, and keeps nothing else of it.
class DumpSink final : public collect::Sink {
 public:
  explicit DumpSink(goroutines::Groups* groups) : groups_(groups) {}

  async::Task<Result<std::string>> deliver(
      collect::FetchedProfile profile) override {
    std::string name = "pod/" + profile.target->pod;
    goroutines::DumpReader reader(
        groups_,
        {.name = name, .ns = profile.target->ns, .pod = profile.target->pod});
    reader.feed(profile.bytes);
    reader.finish();
    co_return name;
  }

 private:
  goroutines::Groups* groups_;
};

/// Dumps on their way.
class Dumps {
 public:
  Dumps(const Session* session, const DumpRequest* request,
        CaptureListener* listener, goroutines::Groups* groups)
      : session_(session),
        request_(request),
        listener_(listener),
        groups_(groups) {}

  async::Task<Result<DumpsLoaded>> load() {
    if (request_->sources.empty()) {
      co_return co_await load_pods(request_->live);
    }
    CO_TRY_ASSIGN(const NamedPods pods, NamedPods::among(request_->sources));
    for (const Source& source : request_->sources) {
      if (source.kind == Kind::pod) {
        continue;
      }
      CO_TRY(co_await load_source(source));
    }
    if (pods.empty()) {
      co_return DumpsLoaded{};
    }
    Result<DumpsLoaded> loaded =
        co_await load_pods(pods.request(request_->live));
    if (!loaded) {
      co_return std::unexpected(pods.explain(loaded.error()));
    }
    co_return loaded;
  }

 private:
  async::Task<Result<void>> load_source(Source source) {
    const bool is_input = source.kind == Kind::standard_input;
    LocalDump dump(groups_, is_input ? k_standard_input : source.text);
    const kprofefe::Sink feed = [&dump](std::string_view piece) {
      dump.feed(piece);
      return true;
    };
    if (is_input) {
      CO_TRY(co_await read_standard_input(session_->stop, feed));
    } else if (source.kind == Kind::url) {
      CO_TRY_ASSIGN(const std::string body,
                    co_await fetch_url(session_, dump_url(source.text)));
      dump.feed(body);
    } else {
      CO_TRY(read_file(source.text, feed));
    }
    co_return dump.finish();
  }

  async::Task<Result<DumpsLoaded>> load_pods(collect::CaptureRequest live) {
    DumpSink sink(groups_);
    CO_TRY_ASSIGN(const PodRound round,
                  co_await run_pod_round(session_, &live, listener_, &sink));
    const collect::Summary summary = collect::summarize(round.report);
    if (summary.stored == 0) {
      co_return std::unexpected(Error{ErrorKind::not_found,
                                      "no pod returned a goroutine dump",
                                      ErrorDetail::nothing_captured});
    }
    co_return DumpsLoaded{.is_incomplete =
                              summary.failed > 0 || round.has_list_failed};
  }

  const Session* session_;
  const DumpRequest* request_;
  CaptureListener* listener_;
  goroutines::Groups* groups_;
};

}  // namespace

async::Task<Result<DumpsLoaded>> load_dumps(const Session* session,
                                            const DumpRequest* request,
                                            CaptureListener* listener,
                                            goroutines::Groups* groups) {
  Dumps dumps(session, request, listener, groups);
  co_return co_await dumps.load();
}

std::string dump_url(std::string url) {
  const std::size_t query = std::min(url.find('?'), url.size());
  const std::string_view path = std::string_view(url).substr(0, query);
  if (path.ends_with("/goroutine") && !url.contains("debug=")) {
    url += query == url.size() ? "?debug=2" : "&debug=2";
  }
  return url;
}

}  // namespace kprofefe::source
