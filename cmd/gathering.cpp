// SPDX-License-Identifier: MIT
#include "cmd/gathering.hpp"

#include "pprof/foreign.hpp"
#include "pprof/prepare.hpp"
#include "pprof/read.hpp"

#include <fmt/format.h>

#include <utility>

namespace kprofefe::cmd {

namespace {

/// How to see a trace. `go tool trace` reads files and nothing else.
std::string way_to_open(const SourceWord& source) {
  switch (source.kind) {
    case SourceKind::url:
      return fmt::format(
          "save it with `curl -o trace.out '{}'`, then open it with `go tool "
          "trace trace.out`",
          source.text);
    case SourceKind::stored:
      return "save it with curl from the URL that `get profiles` prints, then "
             "open it with `go tool trace FILE`";
    case SourceKind::pod:
      return fmt::format(
          "`kubectl profefe capture {} --profiles trace` saves "
          "one for `go tool trace FILE`",
          source.text);
    case SourceKind::standard_input:
      return "save it, then open it with `go tool trace FILE`";
    case SourceKind::file:
      break;
  }
  return fmt::format("open it with `go tool trace {}`", source.text);
}

}  // namespace

Result<void> Gathering::add(std::string_view bytes, const SourceWord& source) {
  const std::string& name = source.text;
  if (pprof::is_trace(bytes)) {
    return fail(ErrorKind::malformed,
                fmt::format("{}: a runtime trace, not a profile; {}", name,
                            way_to_open(source)));
  }
  Result<pprof::Profile> profile = pprof::read_profile(bytes);
  if (!profile) {
    return std::unexpected(profile.error().with_context(name));
  }
  pprof::add_missing_mapping(*profile);
  const Result<void> added = combiner_.add(*std::move(profile));
  if (!added) {
    return std::unexpected(added.error().with_context(name));
  }
  names_.push_back(name);
  return {};
}

Result<Gathered> Gathering::finish() {
  if (names_.empty()) {
    return fail(ErrorKind::not_found, "there is no profile to read");
  }
  TRY_ASSIGN(pprof::Profile profile, combiner_.finish());
  return Gathered{.profile = std::move(profile),
                  .names = std::move(names_),
                  .is_incomplete = is_incomplete_};
}

}  // namespace kprofefe::cmd
