// SPDX-License-Identifier: MIT
#include "collect/upload.hpp"

#include "base/path.hpp"
#include "pprof/detect.hpp"
#include "pprof/kind.hpp"
#include "pprof/summary.hpp"

#include <chrono>
#include <utility>

namespace kprofefe::collect {
namespace {

SystemTime time_of(const pprof::Summary& summary, SystemTime otherwise) {
  if (summary.time_nanos <= 0) {
    return otherwise;
  }
  return SystemTime(std::chrono::duration_cast<SystemTime::duration>(
      std::chrono::nanoseconds(summary.time_nanos)));
}

/// What profefe calls it.
std::string type_of(const pprof::Summary& summary, const std::string& name) {
  const auto kind = pprof::detect_kind(summary, std::string(base_name(name)));
  return kind ? std::string(pprof::kind_name(*kind)) : "other";
}

}  // namespace

async::Task<Result<Uploaded>> upload(profefe::Client* client,
                                     UploadRequest request) {
  const Result<pprof::Summary> summary = pprof::read_summary(request.bytes);
  if (!summary) {
    co_return std::unexpected(summary.error().with_context(request.name));
  }
  if (summary->content == pprof::Content::empty) {
    co_return fail(ErrorKind::malformed,
                   request.name +
                       ": the profile has no samples; profefe does not accept "
                       "empty profiles");
  }
  const std::string type =
      request.type.empty() ? type_of(*summary, request.name) : request.type;
  profefe::PushRequest push{
      .service = std::move(request.service),
      .type = type,
      .labels = std::move(request.labels),
      .created_at = time_of(*summary, request.otherwise_created_at),
      .body = request.bytes};
  const auto stored = co_await client->push(std::move(push));
  if (!stored) {
    co_return std::unexpected(stored.error().with_context(request.name));
  }
  if (!stored->has_value()) {
    co_return fail(ErrorKind::malformed,
                   request.name + ": profefe rejected the profile as empty");
  }
  co_return Uploaded{.url = (*stored)->url, .type = type};
}

}  // namespace kprofefe::collect
