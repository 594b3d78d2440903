// SPDX-License-Identifier: MIT
#pragma once

namespace kprofefe::cmd {

/// What scripts branch on; README and `--help` list the same.
enum class ExitCode {
  ok = 0,             ///< everything asked for was done; skips are no failures
  failed = 1,         ///< nothing could be done: no profile was stored or read
  usage = 2,          ///< wrong flags or arguments
  partial = 3,        ///< some profiles were had, others failed; some of the
                      ///< pods that are named are missing; or a limit of `diff`
                      ///< is broken
  interrupted = 130,  ///< SIGINT or SIGTERM; what was fetched was delivered
  /// Whoever read standard output has enough, as `head`: what a shell says of a
  /// program that SIGPIPE ended, as it ends kubectl. We ignore the signal, for
  /// it would also come of sockets.
  reader_gone = 141
};

}  // namespace kprofefe::cmd
