// SPDX-License-Identifier: MIT
#include "shell/shell.hpp"

#include "base/text.hpp"
#include "view/about.hpp"
#include "view/prepare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace kprofefe::shell {
namespace {

/// What follows it in an assignment is a comment.
constexpr std::string_view k_comment = "//:";

/// Without the end of its last line.
std::string_view trim_end(std::string_view lines) {
  return lines.ends_with('\n') ? lines.substr(0, lines.size() - 1) : lines;
}

/// A regular expression that matches the name: methods have `(*T)` in theirs.
/// A dot stands for itself well enough, and is read more easily.
std::string expression_for(std::string_view name) {
  constexpr std::string_view k_special = R"(\^$*+?()[]{}|)";
  std::string expression;
  expression.reserve(name.size());
  for (const char byte : name) {
    if (k_special.contains(byte)) {
      expression += '\\';
    }
    expression += byte == ' ' ? '.' : byte;  // or it would be two words
  }
  return expression;
}

std::vector<std::string_view> all_words() {
  std::vector<std::string_view> words = report_names();
  const std::vector<std::string_view> settings = Settings::names();
  words.insert(words.end(), settings.begin(), settings.end());
  const std::vector<std::string_view> choices = Settings::choices();
  words.insert(words.end(), choices.begin(), choices.end());
  words.insert(words.end(), {"exit", "help", "options", "quit"});
  return words;
}

/// Whether what follows the words are expressions for functions.
bool shows_functions(std::string_view words) {
  const std::string_view command =
      words.substr(0, words.find_first_of(" \t0123456789"));
  return command != "tags" && !summary_of(command).empty();
}

std::vector<std::string> words_with_prefix(std::string_view prefix) {
  std::vector<std::string> found;
  for (const std::string_view word : all_words()) {
    if (word.starts_with(prefix)) {
      found.emplace_back(word);
    }
  }
  return found;
}

std::string overview() {
  std::string lines = "  Commands:\n";
  const auto add = [&lines](std::string_view name, std::string_view what) {
    lines += fmt::format("    {:<16} {}\n", name, trim(what));
  };
  for (const std::string_view name : report_names()) {
    add(name, summary_of(name));
  }
  add("o/options", "The options and their values");
  add("q/quit/exit/^D", "End the shell");
  lines += "\n  Options, set by NAME=VALUE:\n";
  for (const std::string_view name : Settings::names()) {
    add(name, Settings::help(name));
  }
  lines +=
      "\n  A type of samples is short for sample_index=TYPE, : for no focus, "
      "ignore,\n  hide, tagfocus and tagignore. After a command: a number of "
      "rows, REGEX to\n  focus on, -REGEX to ignore, -cum, >FILE.\n";
  return lines;
}

}  // namespace

Shell::Shell(const pprof::Profile* profile, view::Options options,
             Screen* screen)
    : profile_(profile), settings_(std::move(options)), screen_(screen) {
  types_.reserve(profile_->sample_types.size());
  for (const pprof::ValueKind& kind : profile_->sample_types) {
    types_.emplace_back(profile_->strings.at(kind.type));
  }
}

Result<void> Shell::greet() {
  TRY_ASSIGN(
      const view::Prepared prepared,
      view::prepare(*profile_, view::ReportKind::top, settings_.options()));
  for (const std::string& line : view::describe(prepared)) {
    screen_->say(line);
  }
  if (prepared.total == 0 && types_.size() > 1) {
    screen_->say("No samples were found with the default sample value type.");
    screen_->say(
        "Try \"sample_index\" command to analyze different sample values.");
  }
  screen_->say(
      "Entering interactive mode (type \"help\" for commands, \"o\" for "
      "options)");
  return {};
}

/// A sample type is short for the assignment that shows it, `:` for those that
/// show everything again.
std::vector<std::string> Shell::expand(std::string_view line) const {
  if (line == ":") {
    return {"focus=", "ignore=", "hide=", "tagfocus=", "tagignore="};
  }
  constexpr std::string_view k_total = "total_";
  constexpr std::string_view k_mean = "mean_";
  for (const std::string& type : types_) {
    std::string shows = "sample_index=" + type;
    if (line == type) {
      return {std::move(shows)};
    }
    if (line.starts_with(k_total) && line.substr(k_total.size()) == type) {
      return {"mean=0", std::move(shows)};
    }
    if (line.starts_with(k_mean) && line.substr(k_mean.size()) == type) {
      return {"mean=1", std::move(shows)};
    }
  }
  return {std::string(line)};
}

Result<bool> Shell::run(std::string_view line) {
  for (const std::string& one : expand(trim(line))) {
    TRY_ASSIGN(const bool goes_on, run_one(one));
    if (!goes_on) {
      return false;
    }
  }
  return true;
}

Result<bool> Shell::run_one(std::string_view line) {
  if (line.empty() || assign(line)) {
    return true;
  }
  const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
  const std::string_view word = line.substr(0, end);
  if (word == "exit" || word == "quit" || word == "q") {
    return false;
  }
  Result<void> done;
  if (word == "o" || word == "options") {
    TRY_ASSIGN(
        const std::size_t shown,
        view::find_sample_index(*profile_, settings_.options().sample_index));
    screen_->say(trim_end(settings_.list(types_, shown)));
  } else if (word == "help") {
    done = help(trim(line.substr(end)));
  } else {
    done = report(line);
  }
  if (!done && done.error().kind == ErrorKind::reader_gone) {
    return std::unexpected(done.error());
  }
  if (!done) {
    screen_->say(done.error().message);
  }
  return true;
}

/// Whether it was one, right or wrong.
bool Shell::assign(std::string_view line) {
  const std::size_t equals = line.find('=');
  const std::string_view name = trim(line.substr(0, equals));
  if (!Settings::knows(name)) {
    return false;
  }
  if (equals == std::string_view::npos && !Settings::is_switch(name)) {
    screen_->say(fmt::format("please specify a value, e.g. {}=<val>", name));
    return true;
  }
  std::string_view value =
      equals == std::string_view::npos ? "" : line.substr(equals + 1);
  value = trim(value.substr(0, value.rfind(k_comment)));
  if (const Result<void> done = assign_value(name, value); !done) {
    screen_->say(done.error().message);
  }
  return true;
}

Result<void> Shell::assign_value(std::string_view name,
                                 std::string_view value) {
  if (name != "sample_index") {
    return settings_.assign(name, value);
  }
  TRY_ASSIGN(
      const std::size_t index,
      view::find_sample_index(*profile_, view::parse_sample_index(value)));
  // By number: two types may have one name.
  return settings_.assign(name, std::to_string(index));
}

Result<void> Shell::report(std::string_view line) {
  TRY_ASSIGN(const Command command, parse_command(line, settings_));
  const bool opens = opens_page(command.name);
  if (opens && !command.output.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("{} opens a page and writes no file: use svg >FILE",
                            command.name));
  }
  if (is_for_file(command.name) && command.output.empty() &&
      screen_->is_terminal()) {
    return fail(ErrorKind::usage,
                fmt::format("refusing to write {} to a terminal: use {} >FILE",
                            command.name, command.name));
  }
  TRY_ASSIGN(const Report made, make_report(command, *profile_));
  for (const std::string& warning : made.warnings) {
    screen_->say(warning);
  }
  if (opens) {
    return screen_->open_page(command);
  }
  if (command.output.empty()) {
    return screen_->print(made.write);
  }
  screen_->say("Generating report in " + command.output);
  return screen_->save(command.output, made.write);
}

Result<void> Shell::help(std::string_view about) {
  if (about.empty()) {
    screen_->say(trim_end(overview()));
    return {};
  }
  std::string found = describe_report(about);
  if (found.empty() && !Settings::help(about).empty()) {
    found = fmt::format("{}\n", Settings::help(about));
  }
  if (found.empty()) {
    found = Settings::describe_choice(about);
  }
  if (found.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("Unknown command: {}", one_line(about)));
  }
  screen_->say(trim_end(found));
  return {};
}

std::vector<std::string> Shell::complete(std::string_view line) const {
  const std::size_t last = line.find_last_of(" \t") + 1;
  std::string_view start = line.substr(0, last);
  std::string_view word = line.substr(last);
  const std::string_view first = trim(start);
  std::vector<std::string> found;
  if (first.empty() || first == "help") {
    found = words_with_prefix(word);
    for (const std::string& type : types_) {
      if (type.starts_with(word)) {
        found.push_back(type);
      }
    }
  } else if (!word.empty() && shows_functions(first)) {
    if (word.starts_with('-')) {  // -REGEX
      start = line.substr(0, last + 1);
      word.remove_prefix(1);
    }
    found = functions_with(word);
  }
  for (std::string& completed : found) {
    completed.insert(0, start);
  }
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

/// Expressions for those that begin with the word, or else that have it
/// anywhere: `work` is enough for `main.work`.
std::vector<std::string> Shell::functions_with(std::string_view word) const {
  std::vector<std::string> with_prefix;
  std::vector<std::string> with_word;
  for (const pprof::Function& function : profile_->functions) {
    const std::string_view name = profile_->strings.at(function.name);
    std::string expression = expression_for(name);
    if (name.starts_with(word) || expression.starts_with(word)) {
      with_prefix.push_back(std::move(expression));
    } else if (with_prefix.empty() &&
               (name.contains(word) || expression.contains(word))) {
      with_word.push_back(std::move(expression));
    }
  }
  return with_prefix.empty() ? with_word : with_prefix;
}

}  // namespace kprofefe::shell
