// SPDX-License-Identifier: MIT
#include "term/line_editor.hpp"

#include <fmt/format.h>

#include <histedit.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstddef>
#include <cstdio>
#include <ostream>
#include <utility>

namespace kprofefe::term {
namespace {

constexpr const char* k_program = "kubectl-profefe";
constexpr int k_remembered = 1000;
constexpr std::size_t k_shown_choices = 40;

/// The last word: choices differ in that alone.
std::string_view last_word(std::string_view line) {
  return line.substr(line.find_last_of(" \t") + 1);
}

/// Whether the byte is not the first of its character in UTF-8.
bool continues_character(char byte) {
  constexpr unsigned k_mask = 0xC0;
  constexpr unsigned k_continues = 0x80;
  return (static_cast<unsigned char>(byte) & k_mask) == k_continues;
}

std::string_view without_last_character(std::string_view text) {
  while (!text.empty() && continues_character(text.back())) {
    text.remove_suffix(1);
  }
  return text.substr(0, text.empty() ? 0 : text.size() - 1);
}

/// Whether all that was typed is still there, with more between it.
bool keeps(std::string_view text, std::string_view typed) {
  for (const char byte : text) {
    if (!typed.empty() && byte == typed.front()) {
      typed.remove_prefix(1);
    }
  }
  return typed.empty();
}

struct EndHistory {
  void operator()(History* history) const { ::history_end(history); }
};

struct EndEditLine {
  void operator()(EditLine* line) const { ::el_end(line); }
};

}  // namespace

std::string complete_line(std::string_view line,
                          const std::vector<std::string>& choices) {
  if (choices.empty()) {
    return std::string(line);
  }
  std::string_view common = choices.front();
  for (const std::string& choice : choices) {
    const auto ends = std::ranges::mismatch(common, choice);
    common =
        common.substr(0, static_cast<std::size_t>(ends.in1 - common.begin()));
  }
  const std::string_view rest =
      std::string_view(choices.front()).substr(common.size());
  if (!rest.empty() && continues_character(rest.front())) {
    common = without_last_character(common);
  }
  const bool is_more = common.size() > line.size() && keeps(common, line);
  return std::string(choices.size() == 1 || is_more ? common : line);
}

/// libedit, which calls back by plain functions.
class LineEditor::Editor {
 public:
  Editor(std::string prompt, std::ostream& out, Complete complete)
      : prompt_(std::move(prompt)),
        out_(out),
        complete_(std::move(complete)),
        history_(::history_init()) {
    // libedit counts characters, not bytes.
    std::setlocale(LC_CTYPE, "C.UTF-8");
    HistEvent event{};
    ::history(history_.get(), &event, H_SETSIZE, k_remembered);
    ::history(history_.get(), &event, H_SETUNIQUE, 1);
    line_.reset(::el_init(k_program, stdin, stdout, stderr));
    EditLine* const line = line_.get();
    ::el_set(line, EL_CLIENTDATA, this);
    ::el_set(line, EL_PROMPT, &Editor::prompt);
    ::el_set(line, EL_HIST, &::history, history_.get());
    ::el_set(line, EL_EDITOR, "emacs");
    // The terminal is put right before a signal stops or ends the process.
    ::el_set(line, EL_SIGNAL, 1);
    bind();
    ::el_source(line, nullptr);
  }

  void remember(const std::string& line) {
    HistEvent event{};
    ::history(history_.get(), &event, H_ENTER, line.c_str());
  }

  std::optional<std::string> read() {
    int length = 0;
    const char* const typed = ::el_gets(line_.get(), &length);
    // A signal whose handler has done its part, as for Ctrl-C.
    if (typed == nullptr && length < 0 && errno == EINTR) {
      out_ << "^C\n" << std::flush;
      return std::string();
    }
    if (typed == nullptr || length <= 0) {
      out_ << '\n' << std::flush;
      return std::nullopt;
    }
    std::string_view line(typed, static_cast<std::size_t>(length));
    while (line.ends_with('\n')) {
      line.remove_suffix(1);
    }
    return std::string(line);
  }

 private:
  void bind() {
    EditLine* const line = line_.get();
    ::el_set(line, EL_ADDFN, "complete-word", "Complete", &Editor::complete);
    ::el_set(line, EL_BIND, "^I", "complete-word", nullptr);
    ::el_set(line, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  }

  static Editor& of(EditLine* line) {
    void* editor = nullptr;
    ::el_get(line, EL_CLIENTDATA, &editor);
    return *static_cast<Editor*>(editor);
  }

  static char* prompt(EditLine* line) { return of(line).prompt_.data(); }

  static unsigned char complete(EditLine* line, int /*key*/) {
    return of(line).complete_here();
  }

  unsigned char complete_here() {
    const LineInfo* const info = ::el_line(line_.get());
    const std::string before(info->buffer, info->cursor);
    const std::vector<std::string> choices = complete_(before);
    const std::string completed = complete_line(before, choices);
    if (completed != before || choices.size() == 1) {
      ::el_deletestr(line_.get(), count_characters(before));
      const std::string inserted = completed + (choices.size() == 1 ? " " : "");
      return ::el_insertstr(line_.get(), inserted.c_str()) == 0 ? CC_REFRESH
                                                                : CC_ERROR;
    }
    if (choices.empty()) {
      return CC_REFRESH_BEEP;
    }
    show(choices);
    return CC_REDISPLAY;
  }

  static int count_characters(std::string_view text) {
    return static_cast<int>(std::ranges::count_if(
        text, [](char byte) { return !continues_character(byte); }));
  }

  void show(const std::vector<std::string>& choices) {
    out_ << '\n';
    for (std::size_t i = 0; i < choices.size() && i < k_shown_choices; ++i) {
      out_ << "  " << last_word(choices[i]) << '\n';
    }
    if (choices.size() > k_shown_choices) {
      out_ << fmt::format("  ... and {} more\n",
                          choices.size() - k_shown_choices);
    }
    out_ << std::flush;
  }

  std::string prompt_;
  std::ostream& out_;
  Complete complete_;
  std::unique_ptr<History, EndHistory> history_;
  std::unique_ptr<EditLine, EndEditLine> line_;
};

LineEditor::LineEditor(std::string prompt, std::ostream& out, Complete complete)
    : editor_(std::make_unique<Editor>(std::move(prompt), out,
                                       std::move(complete))) {}

LineEditor::~LineEditor() = default;

void LineEditor::remember(const std::string& line) {
  editor_->remember(line);
}

std::optional<std::string> LineEditor::read() {
  return editor_->read();
}

}  // namespace kprofefe::term
