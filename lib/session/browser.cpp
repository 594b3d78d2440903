// SPDX-License-Identifier: MIT
#include "session/browser.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <optional>
#include <thread>

namespace kprofefe {
namespace {

/// A program that cannot show the page says so by then.
constexpr std::chrono::milliseconds k_first_moment{500};
constexpr std::chrono::milliseconds k_step{20};

/// In a session of its own, so that our terminal's Ctrl-C is not for it, and
/// without our standard streams; its pid.
std::optional<pid_t> start(const std::string& program,
                           const std::string& path) {
  posix_spawn_file_actions_t files{};
  posix_spawnattr_t attributes{};
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&attributes);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
  }
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  std::string name = program;
  std::string file = path;
  const std::array<char*, 3> words = {name.data(), file.data(), nullptr};
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, program.c_str(), &files, &attributes,
                                 words.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return error == 0 ? std::optional(pid) : std::nullopt;
}

/// Whether it still runs after the first moment, or has ended well by then.
bool stays_or_succeeds(pid_t pid) {
  const auto end = std::chrono::steady_clock::now() + k_first_moment;
  while (std::chrono::steady_clock::now() < end) {
    int status = 0;
    if (::waitpid(pid, &status, WNOHANG) == pid) {
      return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    std::this_thread::sleep_for(k_step);
  }
  return true;
}

}  // namespace

std::vector<std::string> browsers(const Env& env) {
  std::vector<std::string> programs;
  for (const std::string_view part :
       split(env.get("BROWSER").value_or(""), ':')) {
    if (!part.empty()) {
      programs.emplace_back(part);
    }
  }
  if (programs.empty()) {
    programs = {"xdg-open", "open", "sensible-browser"};
  }
  return programs;
}

Result<void> open_in_browser(const std::string& path, const Env& env) {
  const std::vector<std::string> programs = browsers(env);
  for (const std::string& program : programs) {
    const std::optional<pid_t> pid = start(program, path);
    if (pid && stays_or_succeeds(*pid)) {
      return {};
    }
  }
  return fail(ErrorKind::not_found,
              fmt::format("cannot start a browser (tried {}): set $BROWSER, "
                          "or open {} yourself",
                          fmt::join(programs, ", "), path));
}

}  // namespace kprofefe
