// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

namespace kprofefe::async {

/// A program to run. It inherits standard error and no other open descriptor,
/// except standard input if with_stdin is set.
struct Command {
  std::string path;
  std::vector<std::string> arguments;    ///< from argv[1] on
  std::vector<std::string> environment;  ///< `NAME=value`, all of it
  bool with_stdin = false;               ///< ours; else it reads nothing
  std::size_t max_output_bytes = std::size_t{16} << 20;
  /// How long it may run.
  std::chrono::milliseconds limit = std::chrono::hours(24 * 365);
};

/// How it ended.
struct ProcessEnd {
  int exit_code = 0;  ///< -1: a signal ended it
  std::string output;
};

/// Runs a program to its end and collects its standard output; other tasks go
/// on meanwhile. When its time is over or `stop` is requested it gets SIGTERM,
/// and half a second later SIGKILL. Errors: io (it cannot be started),
/// malformed (too much output; it is ended), timeout, cancelled.
Task<Result<ProcessEnd>> run_process(Command command, std::stop_token stop);

}  // namespace kprofefe::async
