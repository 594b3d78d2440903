// SPDX-License-Identifier: MIT
#include "cmd/cli.hpp"
#include "cmd/hide_secrets.hpp"

#include "term/output_buffer.hpp"
#include "term/terminal_buffer.hpp"

#include <fcntl.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
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

/// Of a standard stream that is closed the number would be given to the next
/// file or socket. What stands there now fails when it is read or written.
void occupy_standard_streams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
      ::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
  }
}

/// As many sockets as the system allows us: --concurrency decides, not 1024.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

/// Large blocks are given back to the system as soon as they are free, and can
/// grow in place: without this glibc stops doing so after the first of them.
void keep_large_blocks_apart() {
  constexpr int k_large = 256 << 10;
  mallopt(M_MMAP_THRESHOLD, k_large);
}

/// Tokens and keys are in our memory: no core file of it, and no debugger of
/// the same user. What we start may have both: it is lifted by execve(2).
void forbid_core_dumps() {
  ::prctl(PR_SET_DUMPABLE, 0);
}

int run(std::span<char*> argv, std::ostream& err) {
  std::vector<std::string> arguments(argv.begin(), argv.end());
  kprofefe::cmd::hide_secrets(argv);
  raise_descriptor_limit();
  keep_large_blocks_apart();
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
  occupy_standard_streams();
  forbid_core_dumps();
  std::signal(SIGPIPE, SIG_IGN);
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
    err << "error: there is not enough memory for this\n";
    return static_cast<int>(kprofefe::cmd::ExitCode::failed);
  } catch (const std::exception& broken) {
    err << "error: internal: " << broken.what() << '\n';
    return static_cast<int>(kprofefe::cmd::ExitCode::failed);
  }
}
