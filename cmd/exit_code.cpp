// SPDX-License-Identifier: MIT
#include "cmd/exit_code.hpp"

#include <fmt/format.h>

namespace kprofefe::cmd {
namespace {

void append_code(std::string& text, ExitCode code, std::string_view words) {
  if (!words.empty()) {
    text += fmt::format("  {:<5}{}\n", static_cast<int>(code), words);
  }
}

}  // namespace

std::string list_exit_codes(const ExitCodeTexts& words) {
  std::string text = "Exit codes:\n";
  append_code(text, ExitCode::ok, words.ok);
  append_code(text, ExitCode::failed, words.failed);
  append_code(text, ExitCode::usage, "usage error");
  append_code(text, ExitCode::partial, words.partial);
  append_code(text, ExitCode::interrupted, words.interrupted);
  append_code(text, ExitCode::reader_gone,
              "standard output was closed by its reader, e.g. `head`");
  return text;
}

}  // namespace kprofefe::cmd
