// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::source {

/// Where a profile can be read from.
enum class Kind : std::uint8_t {
  standard_input,
  url,  ///< anything that answers a GET with a profile
  file,
  stored,  ///< an id in profefe
  pod,
};

struct Source {
  Kind kind = Kind::file;
  std::string text;
  bool is_guess = false;  ///< a pod only because it is nothing else
};

/// What `go tool pprof` asks of a server that is named without a path.
inline constexpr std::string_view k_cpu_path = "/debug/pprof/profile";

/// What a word on the command line means, the first that fits:
///
///     -                    standard input
///     an existing file     that file
///     http://, https://    a URL, e.g. as `get` and `capture -o name` print
///                          it; without a path it gets `default_path`
///     NAME:PORT            a pod, with_namespace: who names one means pods
///     host:port, the same  http://, as `go tool pprof` takes it
///       with a path
///     pod/NAME[:PORT]      a pod
///     with_profefe         an id in profefe
///     a/b, x.pb.gz         a file that is not there: not_found
///     a name as pods have  a pod
///
/// The text of a URL is complete. Errors: usage (a folder, no such kind of
/// word, a scheme that cannot be fetched), not_found.
Result<Source> parse_source(std::string_view word, bool with_profefe,
                            bool with_namespace = false,
                            std::string_view default_path = k_cpu_path);

}  // namespace kprofefe::source
