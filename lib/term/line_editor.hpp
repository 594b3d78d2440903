// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::term {

/// Reads lines that somebody types at the terminal of standard input and
/// output: with keys to move and to edit (Emacs', or what ~/.editrc says), the
/// lines before, and completion by Tab. A process has one at a time.
class LineEditor {
 public:
  /// Lines that a line, as it is before the cursor, may become.
  using Complete = std::function<std::vector<std::string>(std::string_view)>;

  /// `out`, where the choices are shown, must outlive it.
  LineEditor(std::string prompt, std::ostream& out, Complete complete);
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;
  ~LineEditor();

  /// Makes it one of the lines before.
  void remember(const std::string& line);

  /// The next line without its end; empty after a signal that has a handler, as
  /// Ctrl-C may have; nothing after Ctrl-D, and when the terminal is gone.
  std::optional<std::string> read();

 private:
  class Editor;
  std::unique_ptr<Editor> editor_;
};

/// The only choice; of several what they begin with, if that keeps what was
/// typed and is more; else the line.
std::string complete_line(std::string_view line,
                          const std::vector<std::string>& choices);

}  // namespace kprofefe::term
