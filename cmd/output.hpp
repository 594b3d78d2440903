// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/streams.hpp"

#include "base/file.hpp"
#include "base/result.hpp"

#include <string>

namespace CLI {
class Option;
}

namespace kprofefe::cli {
class FlagGroup;
}

namespace kprofefe::cmd {

/// Where a command writes the one thing that it makes.
struct Output {
  std::string path = "-";  ///< a file; -: standard output
  bool is_binary = false;
};

/// Adds `-o FILE` to the group.
CLI::Option* add_output_flag(cli::FlagGroup& group, Output& output);

/// That it can go there: before long work starts. Errors: io; usage, of bytes
/// that would go to a terminal.
Result<void> check(const Streams& streams, const Output& output);

/// Writes it, a file atomically. Errors: io, reader_gone.
Result<void> write(Streams& streams, const Output& output,
                   const Producer& produce);

}  // namespace kprofefe::cmd
