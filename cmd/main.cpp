// SPDX-License-Identifier: MIT
#include "cmd/cli.hpp"

#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <exception>
#include <iostream>

namespace {

/// As many sockets as the system allows us: --concurrency decides, not 1024.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

std::size_t terminal_columns() {
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
  constexpr std::size_t k_usual = 80;
  return known && size.ws_col > 0 ? size.ws_col : k_usual;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    std::signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit();
    std::ios::sync_with_stdio(false);
    const kprofefe::Env env = kprofefe::Env::of_process();
    kprofefe::cmd::Streams streams{
        std::cout, std::cerr, isatty(STDOUT_FILENO) == 1,
        isatty(STDERR_FILENO) == 1, terminal_columns()};
    return static_cast<int>(kprofefe::cmd::run(
        std::vector<std::string>(argv, argv + argc), {env, streams}));
  } catch (const std::exception& broken) {
    std::cerr << "error: internal: " << broken.what() << '\n';
    return static_cast<int>(kprofefe::cmd::ExitCode::failed);
  }
}
