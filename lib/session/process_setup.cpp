// SPDX-License-Identifier: MIT
#include "session/process_setup.hpp"

#include <fcntl.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <initializer_list>

namespace kprofefe {
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

}  // namespace

void set_up_process() {
  occupy_standard_streams();
  raise_descriptor_limit();
  keep_large_blocks_apart();
  forbid_core_dumps();
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace kprofefe
