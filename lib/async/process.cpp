// SPDX-License-Identifier: MIT
#include "async/process.hpp"

#include "async/sleep.hpp"
#include "async/watchdog.hpp"
#include "base/fd.hpp"
#include "base/file.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <optional>
#include <utility>

namespace kprofefe::async {
namespace {

using std::chrono::milliseconds;

/// What posix_spawn(3) is told beside the program.
struct SpawnOptions {
  posix_spawn_file_actions_t files{};
  posix_spawnattr_t attributes{};

  SpawnOptions() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
  }

  SpawnOptions(const SpawnOptions&) = delete;
  SpawnOptions& operator=(const SpawnOptions&) = delete;

  ~SpawnOptions() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  all.reserve(texts.size() + 1);
  for (std::string& text : texts) {
    all.push_back(text.data());
  }
  all.push_back(nullptr);
  return all;
}

/// Signals as a shell would give them on: we ignore SIGPIPE, programs mostly do
/// not expect that.
void set_signals(SpawnOptions& options) {
  sigset_t none;
  sigset_t usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  posix_spawnattr_setsigmask(&options.attributes, &none);
  posix_spawnattr_setsigdefault(&options.attributes, &usual);
  posix_spawnattr_setflags(&options.attributes,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

void set_files(SpawnOptions& options, const Command& command, int output) {
  if (!command.with_stdin) {
    posix_spawn_file_actions_addopen(&options.files, STDIN_FILENO, "/dev/null",
                                     O_RDONLY, 0);
  }
  posix_spawn_file_actions_adddup2(&options.files, output, STDOUT_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&options.files, STDERR_FILENO + 1);
}

/// A running program and the reading end of its output.
struct Child {
  pid_t id = 0;
  Fd output;
};

Result<Child> start(Command& command) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return fail(ErrorKind::io, fmt::format("pipe: {}", errno_text(errno)));
  }
  Child child{.output = Fd(ends[0])};
  const Fd writing(ends[1]);
  SpawnOptions options;
  set_signals(options);
  set_files(options, command, writing.get());
  command.arguments.insert(command.arguments.begin(), command.path);
  const int error = ::posix_spawn(
      &child.id, command.path.c_str(), &options.files, &options.attributes,
      pointers(command.arguments).data(), pointers(command.environment).data());
  if (error != 0) {
    return std::unexpected(Error{
        ErrorKind::io, fmt::format("{}: {}", command.path, errno_text(error)),
        ErrorDetail::not_started});
  }
  return child;
}

/// How the child ended; nothing while it runs.
std::optional<int> exit_code_of(pid_t id) {
  int status = 0;
  pid_t ended = 0;
  do {
    ended = ::waitpid(id, &status, WNOHANG);
  } while (ended < 0 && errno == EINTR);
  if (ended == 0) {
    return std::nullopt;
  }
  return ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Waits for a child that has nothing left to say: its end is near, so a signal
/// handler or a file descriptor to learn of it would not pay.
Task<std::optional<int>> await_exit(pid_t id, milliseconds limit) {
  constexpr milliseconds k_longest{20};
  const std::stop_token never;
  milliseconds step{1};
  for (milliseconds waited{0}; waited < limit; waited += step) {
    const std::optional<int> code = exit_code_of(id);
    if (code) {
      co_return code;
    }
    co_await sleep_for(step, never);
    step = std::min(step * 2, k_longest);
  }
  co_return exit_code_of(id);
}

Task<void> end_child(pid_t id) {
  constexpr milliseconds k_grace{500};
  constexpr milliseconds k_ever = std::chrono::hours(1);
  ::kill(id, SIGTERM);
  const std::optional<int> code = co_await await_exit(id, k_grace);
  if (!code) {
    ::kill(id, SIGKILL);
    co_await await_exit(id, k_ever);
  }
}

Task<Result<std::string>> read_to_end(
    boost::asio::posix::stream_descriptor* from, std::size_t max_bytes) {
  std::string bytes;
  std::array<char, 4096> buffer{};
  for (;;) {
    boost::system::error_code ended;
    const std::size_t got = co_await from->async_read_some(
        boost::asio::buffer(buffer),
        boost::asio::redirect_error(boost::asio::use_awaitable, ended));
    if (ended == boost::asio::error::eof) {
      co_return bytes;
    }
    if (ended) {
      co_return fail(ErrorKind::io, "cannot read its output");
    }
    bytes.append(buffer.data(), got);
    if (bytes.size() > max_bytes) {
      co_return fail(
          ErrorKind::malformed,
          fmt::format("its output is larger than {} bytes", max_bytes));
    }
  }
}

}  // namespace

Task<Result<ProcessEnd>> run_process(Command command, std::stop_token stop) {
  constexpr milliseconds k_step{100};
  const auto executor = co_await boost::asio::this_coro::executor;
  if (stop.stop_requested()) {
    co_return fail(ErrorKind::cancelled, "interrupted");
  }
  CO_TRY_ASSIGN(Child child, start(command));
  boost::asio::posix::stream_descriptor output(executor,
                                               child.output.release());
  bool is_over = false;
  const Watchdog watchdog(executor, command.limit, stop, [&output, &is_over] {
    is_over = true;
    boost::system::error_code ignored;
    output.close(ignored);
  });
  Result<std::string> text =
      co_await read_to_end(&output, command.max_output_bytes);
  if (!text) {
    co_await end_child(child.id);
    co_return std::unexpected(watchdog.explain(std::move(text).error()));
  }
  std::optional<int> code;
  while (!code) {
    // Somebody who closes its output early is waited for, as long as others.
    code = co_await await_exit(child.id, k_step);
    if (!code && is_over) {
      co_await end_child(child.id);
      co_return std::unexpected(
          watchdog.explain({ErrorKind::io, "it did not exit"}));
    }
  }
  co_return ProcessEnd{.exit_code = *code, .output = *std::move(text)};
}

}  // namespace kprofefe::async
