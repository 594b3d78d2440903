// SPDX-License-Identifier: MIT
#include "pprof/check.hpp"

#include "pprof/foreign.hpp"
#include "pprof/trace_batches.hpp"
#include "pprof/wire/body_reader.hpp"
#include "pprof/wire/field_walker.hpp"
#include "pprof/wire/gunzip.hpp"
#include "pprof/wire/parsed_size.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

namespace kprofefe::pprof {
namespace {

/// So many bytes of something unknown are shown.
constexpr std::size_t k_shown_bytes = 8;

std::unexpected<Error> not_a_profile(std::string_view but) {
  return fail(ErrorKind::malformed, fmt::format("not a profile{}", but));
}

/// Why it is no profile whose first piece this is, decompressed if it was gzip;
/// nothing: it may be one.
std::optional<Error> complaint_about(std::string_view head, bool gzip) {
  if (head.empty()) {
    return not_a_profile(gzip ? ": empty gzip data" : ": the body is empty")
        .error();
  }
  const std::string foreign = foreign_format(head);
  if (foreign.empty()) {
    return std::nullopt;
  }
  Error error = not_a_profile(fmt::format(" but {}{}", foreign,
                                          gzip ? ", inside gzip" : ""))
                    .error();
  if (foreign == k_svg_image) {
    error.detail = ErrorDetail::not_acceptable;
  }
  return error;
}

std::unexpected<Error> unrecognised(std::string_view head) {
  std::string bytes;
  for (const char c : head.substr(0, k_shown_bytes)) {
    bytes += fmt::format(" {:02x}", static_cast<unsigned char>(c));
  }
  return not_a_profile(fmt::format(" but unrecognised bytes:{}", bytes));
}

std::unexpected<Error> broken_fields(const FieldWalker& walker,
                                     std::string_view head) {
  if (!walker.has_known_fields()) {
    return unrecognised(head);
  }
  return fail(ErrorKind::malformed,
              fmt::format("malformed profile: {} at byte {}", walker.error(),
                          walker.offset()));
}

Content content_of(const FieldWalker& walker) {
  return walker.counts().samples == 0 ? Content::empty : Content::samples;
}

std::unexpected<Error> broken_gzip(const BodyReader& reader) {
  return fail(ErrorKind::malformed,
              fmt::format("malformed profile: corrupt gzip data at byte {}: {}",
                          reader.consumed(), reader.error()));
}

/// What is to be said about the whole when every byte was walked over; `head`
/// is how it begins.
Result<Content> judge_whole(const BodyReader& reader, const FieldWalker& walker,
                            std::string_view head) {
  if (!reader.error().empty()) {
    return broken_gzip(reader);
  }
  if (!walker.has_known_fields()) {
    return unrecognised(head);
  }
  if (!walker.at_field_end()) {
    return fail(
        ErrorKind::malformed,
        fmt::format("malformed profile: truncated within a field at byte {}",
                    walker.offset()));
  }
  if (!walker.has_sample_types()) {
    return not_a_profile(": no sample types");
  }
  return content_of(walker);
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t k_mib = 1U << 20;
  return bytes % k_mib == 0 ? fmt::format("{} MiB", bytes / k_mib)
                            : fmt::format("{} bytes", bytes);
}

/// One pass over a body.
struct Pass {
  CheckLimits limits;
  /// Where the decompressed bytes go; nowhere when null.
  std::string* whole = nullptr;
  Excess excess = Excess::none;
};

FieldWalker walker_for(const CheckLimits& limits) {
  const bool counts_all = limits.max_parsed_bytes != CheckLimits::k_unlimited;
  return FieldWalker(counts_all ? FieldWalker::Into::samples
                                : FieldWalker::Into::none);
}

/// Which limit the profile exceeds, by what is known of it so far: of gzip
/// data also what a field says that is still to come.
Excess excess_of(const FieldWalker& walker, bool gzip,
                 const CheckLimits& limits) {
  const std::uint64_t size = gzip ? walker.least_size() : walker.offset();
  if (size > limits.max_inflated_bytes) {
    return Excess::inflated;
  }
  return parsed_bytes(walker.counts()) > limits.max_parsed_bytes
             ? Excess::parsed
             : Excess::none;
}

std::unexpected<Error> too_large(const FieldWalker& walker, const Pass& pass) {
  if (pass.excess == Excess::inflated) {
    return fail(ErrorKind::malformed,
                fmt::format("profile too large: more than {} when decompressed",
                            size_text(pass.limits.max_inflated_bytes)));
  }
  const ProfileCounts& counts = walker.counts();
  return fail(
      ErrorKind::malformed,
      fmt::format("profile too large: a server would need more than {} to "
                  "parse it ({} samples, {} labels, {} locations and {} "
                  "strings in its first {} bytes)",
                  size_text(pass.limits.max_parsed_bytes), counts.samples,
                  counts.labels, counts.locations, counts.strings,
                  walker.offset()));
}

Result<Content> pass_over(std::string_view body, Pass& pass) {
  BodyReader reader(body);
  FieldWalker walker = walker_for(pass.limits);
  std::string_view piece = reader.next();
  if (reader.error().empty() || !piece.empty()) {
    std::optional<Error> complaint = complaint_about(piece, reader.gzip());
    if (complaint) {
      return std::unexpected(*std::move(complaint));
    }
  }
  const std::string head(piece.substr(0, k_shown_bytes));
  for (; !piece.empty(); piece = reader.next()) {
    if (!walker.feed(piece)) {
      return broken_fields(walker, head);
    }
    pass.excess = excess_of(walker, reader.gzip(), pass.limits);
    if (pass.excess != Excess::none) {
      return too_large(walker, pass);
    }
    if (pass.whole != nullptr) {
      pass.whole->append(piece);
    }
  }
  return judge_whole(reader, walker, head);
}

/// Whether pass_over() would have nothing against a decompressed message.
bool is_sound(std::string_view message, FieldWalker& walker) {
  return !message.empty() && foreign_format(message).empty() &&
         walker.feed(message) && walker.at_field_end() &&
         walker.has_sample_types();
}

Result<Content> check_trace(std::string_view body) {
  TRY(walk_trace(body));
  return Content::trace;
}

}  // namespace

Result<void> check_start(std::string_view first_bytes) {
  if (first_bytes.size() < k_start_bytes || is_trace(first_bytes) ||
      first_bytes.starts_with(k_gzip_magic)) {
    return {};
  }
  const std::string_view head = first_bytes.substr(0, k_start_bytes);
  if (std::optional<Error> complaint = complaint_about(head, false)) {
    return std::unexpected(*std::move(complaint));
  }
  FieldWalker walker(FieldWalker::Into::samples);
  // Passing over fields that nobody knows, a stream of anything would do.
  if (!walker.feed(head) || !walker.has_known_fields()) {
    return broken_fields(walker, head);
  }
  return {};
}

BodyChecker::BodyChecker(const CheckLimits& limits)
    : limits_(limits), buffer_(std::make_unique_for_overwrite<Buffer>()) {}

Result<Content> BodyChecker::check(std::string_view body) {
  excess_ = Excess::none;
  if (is_trace(body)) {
    return check_trace(body);
  }
  if (const std::optional<Content> content = check_at_once(body)) {
    return *content;
  }
  // The slow way takes what else there is, and finds the words for the rest.
  Pass pass{.limits = limits_};
  Result<Content> content = pass_over(body, pass);
  excess_ = pass.excess;
  return content;
}

/// The content of a sound body that fits the buffer and all limits.
std::optional<Content> BodyChecker::check_at_once(std::string_view body) {
  if (!body.starts_with(k_gzip_magic)) {
    return std::nullopt;
  }
  const std::optional<std::uint64_t> bytes = Gunzip::announced_bytes(body);
  if (!bytes || *bytes > k_buffer_bytes ||
      !gunzip_.fill({buffer_->data(), *bytes}, body)) {
    return std::nullopt;
  }
  FieldWalker walker = walker_for(limits_);
  if (!is_sound({buffer_->data(), *bytes}, walker) ||
      excess_of(walker, true, limits_) != Excess::none) {
    return std::nullopt;
  }
  return content_of(walker);
}

Result<Content> check_body(std::string_view body, const CheckLimits& limits) {
  if (is_trace(body)) {
    return check_trace(body);
  }
  Pass pass{.limits = limits};
  return pass_over(body, pass);
}

Result<std::string> inflate_body(std::string_view body,
                                 std::uint64_t max_inflated_bytes) {
  if (body.starts_with(k_gzip_magic)) {
    std::optional<std::string> message = gunzip(body, max_inflated_bytes);
    FieldWalker walker(FieldWalker::Into::none);
    if (message && is_sound(*message, walker)) {
      return *std::move(message);
    }
  }
  std::string whole;
  Pass pass{.limits = {.max_inflated_bytes = max_inflated_bytes,
                       .max_parsed_bytes = CheckLimits::k_unlimited},
            .whole = &whole};
  TRY(pass_over(body, pass));
  return whole;
}

}  // namespace kprofefe::pprof
