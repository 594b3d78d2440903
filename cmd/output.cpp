// SPDX-License-Identifier: MIT
#include "cmd/output.hpp"

#include "base/writable.hpp"
#include "cli/flag_group.hpp"

#include <CLI/CLI.hpp>

namespace kprofefe::cmd {

CLI::Option* add_output_flag(cli::FlagGroup& group, Output& output) {
  return group
      .text("-o,--output", output.path, "FILE",
            "The file to write, atomically; -: standard output")
      ->check(cli::refuse_empty);
}

Result<void> check(const Streams& streams, const Output& output) {
  if (output.path != "-") {
    return check_writable(output.path);
  }
  if (output.is_binary && streams.out_is_terminal) {
    return fail(ErrorKind::usage,
                "refusing to write binary data to a terminal; use -o FILE");
  }
  return {};
}

Result<void> write(Streams& streams, const Output& output,
                   const Producer& produce) {
  return output.path == "-" ? print_results(streams, produce)
                            : write_file(output.path, produce);
}

}  // namespace kprofefe::cmd
