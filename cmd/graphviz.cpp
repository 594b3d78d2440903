// SPDX-License-Identifier: MIT
#include "cmd/graphviz.hpp"

#include "cmd/command_session.hpp"

#include "async/process.hpp"
#include "base/file.hpp"
#include "base/program.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

constexpr std::size_t k_most_bytes = std::size_t{256} << 20;

/// A file with a text, for a program to read; gone with the object.
class TextForProgram {
 public:
  static Result<TextForProgram> write(const Env& env, std::string_view text) {
    std::string path = env.get("TMPDIR").value_or("/tmp") + "/profefe-XXXXXX";
    const int fd = ::mkstemp(path.data());
    if (fd < 0) {
      return fail(ErrorKind::io,
                  fmt::format("create {}: {}", path, errno_text(errno)));
    }
    ::close(fd);
    TextForProgram file(std::move(path));
    TRY(write_file(file.path_, text));
    return file;
  }

  TextForProgram(TextForProgram&& other) noexcept
      : path_(std::exchange(other.path_, {})) {}

  TextForProgram(const TextForProgram&) = delete;
  TextForProgram& operator=(TextForProgram&&) = delete;
  TextForProgram& operator=(const TextForProgram&) = delete;

  ~TextForProgram() {
    if (!path_.empty()) {
      ::unlink(path_.c_str());
    }
  }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit TextForProgram(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

std::vector<std::string> environment_of(const Env& env) {
  std::vector<std::string> texts;
  texts.reserve(env.variables.size());
  for (const auto& [name, value] : env.variables) {
    texts.push_back(fmt::format("{}={}", name, value));
  }
  return texts;
}

}  // namespace

Result<std::string> find_graphviz(const Env& env) {
  Result<std::string> program = find_program("dot", env);
  if (!program) {
    return fail(ErrorKind::not_found,
                "--graphviz: `dot` is not in $PATH: install Graphviz, or leave "
                "the flag out");
  }
  return program;
}

Result<std::string> draw_with_graphviz(const Context& context,
                                       const std::string& program,
                                       std::string_view dot) {
  CommandSession session(context);
  TRY_ASSIGN(const TextForProgram file,
             TextForProgram::write(context.env, dot));
  async::Command command{.path = program,
                         .arguments = {"-Tsvg", file.path()},
                         .environment = environment_of(context.env),
                         .max_output_bytes = k_most_bytes};
  TRY_ASSIGN(async::ProcessEnd end,
             session->run(
                 async::run_process(std::move(command), session.get()->stop)));
  if (end.exit_code != 0) {
    return fail(ErrorKind::io,
                fmt::format("{} -Tsvg: exit code {}", program, end.exit_code));
  }
  return std::move(end.output);
}

}  // namespace kprofefe::cmd
