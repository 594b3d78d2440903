// SPDX-License-Identifier: MIT
#include "pprof/legacy/legacy.hpp"

#include "pprof/legacy/formats.hpp"
#include "pprof/legacy/frame_expressions.hpp"
#include "pprof/wire/problem.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

namespace kprofefe::pprof::legacy {
namespace {

struct Format {
  std::string_view name;
  Parsed<Profile> (*read)(std::string_view bytes, const ReadLimits& limits);
};

// In pprof's order, which decides where two of them begin alike.
constexpr std::array k_formats = {
    Format{.name = "CPU profile", .read = read_cpu},
    Format{.name = "heap profile", .read = read_heap},
    Format{.name = "profile", .read = read_count},
    Format{.name = "thread profile", .read = read_threads},
    Format{.name = "contention profile", .read = read_contention},
    Format{.name = "Java profile", .read = read_java},
};

std::unexpected<Error> error_of(const Format& format, const Refusal& refusal) {
  if (refusal.kind == Refusal::Kind::too_large) {
    return fail(ErrorKind::malformed, too_large(refusal.why));
  }
  return fail(ErrorKind::malformed,
              fmt::format("malformed {}: {}", format.name, refusal.why));
}

}  // namespace

std::optional<Result<Profile>> read(std::string_view bytes,
                                    const ReadLimits& limits) {
  std::optional<Result<Profile>> outcome;
  for (const Format& format : k_formats) {
    Parsed<Profile> profile = format.read(bytes, limits);
    if (profile) {
      set_frame_expressions(*profile);
      return *std::move(profile);
    }
    const Refusal& refusal = profile.error();
    if (refusal.kind != Refusal::Kind::other_format) {
      return error_of(format, refusal);
    }
    if (!refusal.why.empty()) {
      outcome = error_of(format, refusal);
    }
  }
  return outcome;
}

}  // namespace kprofefe::pprof::legacy
