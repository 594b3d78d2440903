// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace kprofefe::cmd {

/// What scripts branch on; README and `--help` list the same.
enum class ExitCode {
  ok = 0,             ///< success; skipped profiles are not failures
  failed = 1,         ///< nothing could be done: no profile was stored or read
  usage = 2,          ///< wrong flags or arguments
  partial = 3,        ///< some profiles were had, others failed; some of the
                      ///< pods that are named are missing; or a limit of `diff`
                      ///< is broken
  interrupted = 130,  ///< SIGINT or SIGTERM; what was fetched was delivered
  /// Standard output was closed by its reader, e.g. `head`: what a shell
  /// reports for a program that SIGPIPE ended, as it ends kubectl. We ignore
  /// the signal, for it would also come of sockets.
  reader_gone = 141
};

/// What the exit codes of one command mean; empty: it has no such code.
struct ExitCodeTexts {
  std::string_view ok;
  std::string_view failed;
  std::string_view partial;
  std::string_view interrupted = "interrupted";
};

/// A paragraph of `--help` about them; 2 is wrong usage everywhere.
std::string list_exit_codes(const ExitCodeTexts& words);

}  // namespace kprofefe::cmd
