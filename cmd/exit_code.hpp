// SPDX-License-Identifier: MIT
#pragma once

namespace kprofefe::cmd {

/// What scripts branch on; README and `--help` list the same.
enum class ExitCode {
  ok = 0,            ///< everything asked for was done; skips are no failures
  failed = 1,        ///< nothing could be done: not one profile was stored
  usage = 2,         ///< wrong flags or arguments
  partial = 3,       ///< some profiles were stored, others failed
  interrupted = 130  ///< SIGINT or SIGTERM; what was fetched was delivered
};

}  // namespace kprofefe::cmd
