// SPDX-License-Identifier: MIT
#include "pprof/check.hpp"

#include "pprof/body_reader.hpp"
#include "pprof/field_walker.hpp"
#include "pprof/foreign.hpp"
#include "pprof/gunzip.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

namespace kprofefe::pprof {
namespace {

std::unexpected<Error> not_a_profile(std::string_view but) {
  return fail(ErrorKind::malformed, fmt::format("not a profile{}", but));
}

/// The complaint about a body's first piece, decompressed if it was gzip.
std::string complaint_about(std::string_view head, bool gzip) {
  if (head.empty()) {
    return gzip ? ": gzip of nothing" : ": the body is empty";
  }
  const std::string foreign = foreign_format(head);
  if (foreign.empty()) {
    return {};
  }
  return fmt::format(" but {}{}", foreign, gzip ? ", inside gzip" : "");
}

std::unexpected<Error> broken_fields(const FieldWalker& walker,
                                     std::string_view head) {
  if (walker.fields() != 0) {
    return fail(ErrorKind::malformed,
                fmt::format("broken profile: {} at byte {}", walker.error(),
                            walker.offset()));
  }
  std::string bytes;
  for (const char c : head.substr(0, 8)) {
    bytes += fmt::format(" {:02x}", static_cast<unsigned char>(c));
  }
  return not_a_profile(fmt::format(" but unknown bytes:{}", bytes));
}

std::unexpected<Error> broken_gzip(const BodyReader& reader) {
  return fail(
      ErrorKind::malformed,
      fmt::format("broken profile: its gzip data is damaged at byte {}: {}",
                  reader.consumed(), reader.error()));
}

/// What is to be said about the whole when every byte was walked over.
Result<Content> judge_whole(const BodyReader& reader,
                            const FieldWalker& walker) {
  if (!reader.error().empty()) {
    return broken_gzip(reader);
  }
  if (!walker.at_field_end()) {
    return fail(
        ErrorKind::malformed,
        fmt::format("broken profile: it ends within a field, at byte {}",
                    walker.offset()));
  }
  if (!walker.has_sample_types()) {
    return not_a_profile(": it does not say what its samples measure");
  }
  return walker.samples() == 0 ? Content::empty : Content::samples;
}

std::unexpected<Error> too_large(std::uint64_t max_inflated_bytes,
                                 bool to_the_end) {
  const std::uint64_t mib = max_inflated_bytes >> 20;
  if (to_the_end) {
    return fail(ErrorKind::malformed,
                fmt::format("broken profile: it decompresses to more than {} "
                            "MiB",
                            mib));
  }
  return not_a_profile(
      fmt::format(": no sample in the first {} MiB it decompresses to", mib));
}

struct Look {
  std::uint64_t max_inflated_bytes = 0;
  /// Or only until the first sample.
  bool to_the_end = true;
  /// Where the decompressed bytes go; nowhere when null.
  std::string* whole = nullptr;
};

Result<Content> look_at(std::string_view body, const Look& look) {
  BodyReader reader(body);
  FieldWalker walker;
  std::string_view piece = reader.next();
  if (reader.error().empty() || !piece.empty()) {
    const std::string complaint = complaint_about(piece, reader.gzip());
    if (!complaint.empty()) {
      return not_a_profile(complaint);
    }
  }
  std::uint64_t bytes = 0;
  for (; !piece.empty(); piece = reader.next()) {
    if (!walker.feed(piece)) {
      return broken_fields(walker, piece);
    }
    if (!look.to_the_end && walker.samples() != 0) {
      return Content::samples;
    }
    bytes += piece.size();
    if (reader.gzip() && bytes > look.max_inflated_bytes) {
      return too_large(look.max_inflated_bytes, look.to_the_end);
    }
    if (look.whole != nullptr) {
      look.whole->append(piece);
    }
  }
  return judge_whole(reader, walker);
}

/// Whether look_at() would have nothing against a decompressed message.
bool is_sound(std::string_view message) {
  FieldWalker walker;
  return !message.empty() && foreign_format(message).empty() &&
         walker.feed(message) && walker.at_field_end() &&
         walker.has_sample_types();
}

}  // namespace

Result<void> check_start(std::string_view first_bytes) {
  if (first_bytes.size() < k_start_bytes || is_trace(first_bytes) ||
      first_bytes.starts_with(k_gzip_magic)) {
    return {};
  }
  const std::string_view head = first_bytes.substr(0, k_start_bytes);
  const std::string complaint = complaint_about(head, false);
  if (!complaint.empty()) {
    return not_a_profile(complaint);
  }
  FieldWalker walker;
  if (!walker.feed(head)) {
    return broken_fields(walker, head);
  }
  return {};
}

Result<Content> check_body(std::string_view body,
                           std::uint64_t max_inflated_bytes) {
  if (is_trace(body)) {
    return Content::trace;
  }
  return look_at(body, {max_inflated_bytes, false});
}

Result<Content> verify_body(std::string_view body,
                            std::uint64_t max_inflated_bytes) {
  if (is_trace(body)) {
    return Content::trace;
  }
  return look_at(body, {max_inflated_bytes});
}

Result<std::string> inflate_body(std::string_view body,
                                 std::uint64_t max_inflated_bytes) {
  if (body.starts_with(k_gzip_magic)) {
    std::optional<std::string> message = gunzip(body, max_inflated_bytes);
    if (message && is_sound(*message)) {
      return *std::move(message);
    }
  }
  // The slow way takes what else there is, and finds the words for the rest.
  std::string whole;
  TRY(look_at(body, {max_inflated_bytes, true, &whole}));
  return whole;
}

}  // namespace kprofefe::pprof
