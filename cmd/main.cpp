// SPDX-License-Identifier: MIT
#include "cmd/program.hpp"

#include "cli/hide_secrets.hpp"
#include "session/process_setup.hpp"
#include "term/output_buffer.hpp"
#include "term/terminal_buffer.hpp"

#include <unistd.h>

#include <cstddef>
#include <exception>
#include <iostream>
#include <new>
#include <ostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

int run(std::span<char*> argv, std::ostream& err) {
  std::vector<std::string> arguments(argv.begin(), argv.end());
  kprofefe::cli::hide_secrets(argv);
  const kprofefe::Env env = kprofefe::Env::of_process();
  const bool out_is_terminal = isatty(STDOUT_FILENO) == 1;
  kprofefe::term::OutputBuffer buffer(STDOUT_FILENO);
  kprofefe::term::TerminalBuffer shown(&buffer);
  std::ostream out(&buffer);
  if (out_is_terminal) {
    out.rdbuf(&shown);
  }
  kprofefe::cmd::Streams streams{.out = out,
                                 .err = err,
                                 .out_is_terminal = out_is_terminal,
                                 .err_is_terminal = isatty(STDERR_FILENO) == 1,
                                 .out_error = &buffer.error(),
                                 .out_fd = STDOUT_FILENO,
                                 .err_fd = STDERR_FILENO};
  return static_cast<int>(
      kprofefe::cmd::run(std::move(arguments), {env, streams}));
}

}  // namespace

int main(int argc, char** argv) {
  kprofefe::set_up_process();
  std::ios::sync_with_stdio(false);
  kprofefe::term::TerminalBuffer shown(std::cerr.rdbuf());
  std::ostream err(std::cerr.rdbuf());
  if (isatty(STDERR_FILENO) == 1) {
    err.rdbuf(&shown);
  }
  err << std::unitbuf;  // as std::cerr
  try {
    return run(std::span(argv, static_cast<std::size_t>(argc)), err);
  } catch (const std::bad_alloc&) {
    err << "error: not enough memory\n";
    return static_cast<int>(kprofefe::cmd::ExitCode::failed);
  } catch (const std::exception& broken) {
    err << "error: internal error: " << broken.what() << '\n';
    return static_cast<int>(kprofefe::cmd::ExitCode::failed);
  }
}
