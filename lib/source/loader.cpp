// SPDX-License-Identifier: MIT
#include "source/loader.hpp"

#include "pprof/foreign.hpp"
#include "pprof/prepare.hpp"
#include "pprof/read.hpp"
#include "pprof/sample_labels.hpp"
#include "pprof/scale.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

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

void add_origin(pprof::Profile& profile, const Origin& origin) {
  pprof::add_label(profile, "pod", origin.pod);
  pprof::add_label(profile, "namespace", origin.ns);
  pprof::add_label(profile, "service", origin.service);
}

std::string title_of(const LoadedProfile& loaded) {
  if (loaded.names.empty()) {
    return "profile";
  }
  const std::size_t others = loaded.names.size() - 1;
  return others == 0
             ? loaded.names.front()
             : fmt::format("{} and {} more", loaded.names.front(), others);
}

Result<void> Loader::add(std::string_view bytes, const Source& source) {
  TRY_ASSIGN(pprof::Profile profile, read(bytes, source));
  return add(std::move(profile), source);
}

Result<pprof::Profile> Loader::read(std::string_view bytes,
                                    const Source& source) {
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
  return profile;
}

Result<void> Loader::add(pprof::Profile profile, const Source& source,
                         double factor) {
  if (factor != 1) {
    const std::vector<double> ratios(profile.sample_types.size(), factor);
    pprof::scale(profile, ratios);
  }
  const Result<void> added = combiner_.add(std::move(profile));
  if (!added) {
    return std::unexpected(added.error().with_context(source.text));
  }
  names_.push_back(source.text);
  return {};
}

Result<LoadedProfile> Loader::finish() {
  if (names_.empty()) {
    return fail(ErrorKind::not_found, "no profile to read");
  }
  TRY_ASSIGN(pprof::Profile profile, combiner_.finish());
  if (!description_.empty()) {
    profile.comments.push_back(profile.strings.add(description_));
  }
  if (profile.duration_nanos > 0) {
    profile.duration_nanos += idle_time_.count();
  }
  const std::size_t pods = pprof::pods_of(profile).size();
  return LoadedProfile{.profile = std::move(profile),
                       .names = std::move(names_),
                       .pods = pods,
                       .is_incomplete = is_incomplete_};
}

}  // namespace kprofefe::source
