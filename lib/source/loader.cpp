// SPDX-License-Identifier: MIT
#include "source/loader.hpp"

#include "pprof/foreign.hpp"
#include "pprof/prepare.hpp"
#include "pprof/read.hpp"

#include <fmt/format.h>

#include <utility>

namespace kprofefe::source {

namespace {

/// How to see a trace. `go tool trace` reads files and nothing else.
std::string way_to_open(const Source& source) {
  switch (source.kind) {
    case Kind::url:
      return fmt::format(
          "save it with `curl -o trace.out '{}'`, then open it with `go tool "
          "trace trace.out`",
          source.text);
    case Kind::stored:
      return "save it with curl from the URL that `get profiles` prints, then "
             "open it with `go tool trace FILE`";
    case Kind::pod:
      return fmt::format(
          "`kubectl profefe capture {} --profiles trace` saves "
          "one for `go tool trace FILE`",
          source.text);
    case Kind::standard_input:
      return "save it, then open it with `go tool trace FILE`";
    case Kind::file:
      break;
  }
  return fmt::format("open it with `go tool trace {}`", source.text);
}

}  // namespace

Result<void> Loader::add(std::string_view bytes, const Source& source) {
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

Result<LoadedProfile> Loader::finish() {
  if (names_.empty()) {
    return fail(ErrorKind::not_found, "no profile to read");
  }
  TRY_ASSIGN(pprof::Profile profile, combiner_.finish());
  return LoadedProfile{.profile = std::move(profile),
                       .names = std::move(names_),
                       .is_incomplete = is_incomplete_};
}

}  // namespace kprofefe::source
