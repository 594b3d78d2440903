// SPDX-License-Identifier: MIT
#include "shell/shell.hpp"

#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "base/user_folder.hpp"
#include "http/url.hpp"
#include "session/browser.hpp"
#include "session/interrupt_flag.hpp"
#include "term/line_editor.hpp"
#include "term/line_history.hpp"
#include "web/serve_page.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

constexpr std::string_view k_prompt = "(pprof) ";

/// Prints to the streams of the command; pages are served until it is gone.
class StreamScreen final : public shell::Screen {
 public:
  StreamScreen(const Context& context, const source::LoadedProfile& loaded)
      : context_(context), loaded_(loaded) {}

  StreamScreen(const StreamScreen&) = delete;
  StreamScreen& operator=(const StreamScreen&) = delete;

  ~StreamScreen() override {
    for (const auto& page : pages_) {
      page->stop();  // all at the same time, each may take a second
    }
  }

  /// Until Ctrl-C: what is long need not be read to its end.
  Result<void> print(const Producer& produce) override {
    return print_results(context_.streams, [&](const Sink& sink) {
      const bool is_taken = produce([&](std::string_view piece) {
        return !InterruptFlag::is_set() && sink(piece);
      });
      return is_taken || InterruptFlag::is_set();
    });
  }

  Result<void> save(const std::string& path, const Producer& produce) override {
    return write_file(path, produce);
  }

  void say(std::string_view line) override {
    context_.streams.err << line << '\n' << std::flush;
  }

  Result<void> open_page(const shell::Command& command) override {
    http::Query query;
    if (!command.argument.empty()) {
      query.add("p", command.argument);
    }
    const std::string path = command.name == "weblist"
                                 ? "/ui/source?" + query.text()
                                 : std::string("/ui/graph");
    web::AppRequest request;
    request.title = source::title_of(loaded_);
    request.options = command.options;
    TRY_ASSIGN(auto page, web::BackgroundPage::start(
                              context_.env, std::move(request), loaded_, path));
    say(page->start_url());
    const std::string url = page->browser_url();
    pages_.push_back(std::move(page));
    return open_in_browser(url, context_.env);
  }

  [[nodiscard]] bool is_terminal() const override {
    return context_.streams.out_is_terminal;
  }

 private:
  const Context& context_;
  const source::LoadedProfile& loaded_;
  InterruptFlag interrupt_;
  std::vector<std::unique_ptr<web::BackgroundPage>> pages_;
};

/// Where a shell's lines come from.
class Lines {
 public:
  Lines() = default;
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;
  virtual ~Lines() = default;

  /// Nothing at their end. Errors: io, cancelled, as print_results().
  virtual Result<std::optional<std::string>> read() = 0;
};

/// Standard input, as of a script; the prompt is for who reads the transcript.
class PipedLines final : public Lines {
 public:
  explicit PipedLines(const Context& context) : context_(context) {}

  Result<std::optional<std::string>> read() override {
    TRY(print_results(context_.streams, k_prompt));
    char* line = nullptr;
    std::size_t size = 0;
    const auto length = ::getline(&line, &size, stdin);
    const std::unique_ptr<char, decltype(&std::free)> held(line, &std::free);
    if (length < 0 && InterruptFlag::is_set()) {
      return fail(ErrorKind::cancelled, "interrupted");
    }
    if (length < 0 && std::ferror(stdin) != 0) {
      return fail(ErrorKind::io, "read standard input: " + errno_text(errno));
    }
    if (length < 0) {
      return std::nullopt;
    }
    return std::string(line, static_cast<std::size_t>(length));
  }

 private:
  const Context& context_;
};

/// A person's, with what that person typed before.
class TypedLines final : public Lines {
 public:
  TypedLines(const Context& context, term::LineEditor::Complete complete)
      : context_(context),
        editor_(std::string(k_prompt), context.streams.out,
                std::move(complete)),
        history_(state_folder(context.env)) {
    Result<std::vector<std::string>> before = history_.load();
    if (!before) {
      print_note(context.streams, before.error().message);
      return;
    }
    for (const std::string& line : *before) {
      editor_.remember(line);
    }
  }

  Result<std::optional<std::string>> read() override {
    std::optional<std::string> line = editor_.read();
    if (line && !line->empty()) {
      editor_.remember(*line);
      // Once: what cannot be kept now cannot be kept later either.
      if (const Result<void> kept = history_.add(*line); !kept && !is_told_) {
        print_note(context_.streams, kept.error().message);
        is_told_ = true;
      }
    }
    return line;
  }

 private:
  const Context& context_;
  term::LineEditor editor_;
  term::LineHistory history_;
  bool is_told_ = false;
};

std::unique_ptr<Lines> open_lines(const Context& context,
                                  const shell::Shell& shell) {
  if (::isatty(STDIN_FILENO) == 0 || !context.streams.out_is_terminal) {
    return std::make_unique<PipedLines>(context);
  }
  return std::make_unique<TypedLines>(
      context, [&](std::string_view line) { return shell.complete(line); });
}

Result<ExitCode> run_shell(const Context& context, ReadFlags& flags) {
  TRY(check(flags.view, ShownAs::text));
  if (std::ranges::find(flags.words, "-") != flags.words.end()) {
    return fail(ErrorKind::usage,
                "shell -: standard input has the commands; write the profile "
                "to a file first");
  }
  find_go_sources(context.env, flags.view);
  TRY_ASSIGN(const source::LoadedProfile loaded,
             read_profile_of(context, flags));
  StreamScreen screen(context, loaded);
  shell::Shell shell(&loaded.profile, flags.view, &screen);
  TRY(shell.greet());
  const std::unique_ptr<Lines> lines = open_lines(context, shell);
  bool goes_on = true;
  while (goes_on) {
    TRY_ASSIGN(const std::optional<std::string> line, lines->read());
    if (!line) {
      break;
    }
    InterruptFlag::clear();
    TRY_ASSIGN(goes_on, shell.run(*line));
  }
  return loaded.is_incomplete ? ExitCode::partial : ExitCode::ok;
}

}  // namespace

void add_shell(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<ReadFlags>();
  CLI::App* shell = app.add_subcommand(
      "shell",
      "Ask one profile many questions, like `go tool pprof` without a format");
  add_source_path_flags(*shell, flags->view);
  add_value_flags(*shell, flags->view);
  add_row_flags(*shell, flags->view, view::ReportKind::top);
  add_filter_flags(*shell, flags->view);
  add_read_flags(*shell, *flags);
  when_named(*shell, chosen, [flags](const Context& context) {
    return run_shell(context, *flags);
  });
}

}  // namespace kprofefe::cmd
