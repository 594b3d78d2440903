// SPDX-License-Identifier: MIT
#include "shell/command.hpp"

#include "base/text.hpp"
#include "shell/values.hpp"
#include "view/prepare.hpp"
#include "view/render.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace kprofefe::shell {
namespace {

using view::Prepared;
using view::ReportKind;

/// A command, by its name in pprof.
struct ReportCommand {
  std::string_view name;
  std::string_view help;
  ReportKind kind;
  bool has_argument = false;
  enum class Place : std::uint8_t { terminal, file, page } place{};
};

constexpr auto k_in_file = ReportCommand::Place::file;
constexpr auto k_in_page = ReportCommand::Place::page;

constexpr auto k_reports = std::to_array<ReportCommand>({
    {"callgrind", "Every call, for KCachegrind", ReportKind::callgrind, false,
     k_in_file},
    {"comments", "The comments of the profile", ReportKind::comments},
    {"dot", "The call graph in Graphviz's language", ReportKind::dot},
    {"list", "The source of matching functions with its cost", ReportKind::list,
     true},
    {"peek", "Callers and callees of matching functions", ReportKind::peek,
     true},
    {"proto", "The profile, as the options leave it", ReportKind::proto, false,
     k_in_file},
    {"raw", "The whole profile as text", ReportKind::raw},
    {"svg", "The call graph as a picture", ReportKind::svg, false, k_in_file},
    {"tags", "The labels of the samples and their cost", ReportKind::tags},
    {"text", "The functions that cost most", ReportKind::top},
    {"top", "The functions that cost most", ReportKind::top},
    {"topproto", "The rows of top as a profile", ReportKind::top_proto, false,
     k_in_file},
    {"traces", "Every sample with its stack", ReportKind::traces},
    {"tree", "Functions with their callers and callees", ReportKind::tree},
    {"web", "The call graph, and all else, in a browser", ReportKind::dot,
     false, k_in_page},
    {"weblist", "The source of matching functions in a browser",
     ReportKind::list, true, k_in_page},
});

const ReportCommand* find(std::string_view name) {
  const auto* const found =
      std::ranges::find(k_reports, name, &ReportCommand::name);
  return found == k_reports.end() ? nullptr : found;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    line = trim(line);
    if (line.empty()) {
      return words;
    }
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

/// `top10` is `top 10`.
void split_digits(std::vector<std::string_view>& words) {
  const std::string_view name = words.front();
  const std::size_t digits = name.find_last_not_of("0123456789") + 1;
  if (find(name) == nullptr && digits != 0 && digits < name.size()) {
    words.front() = name.substr(0, digits);
    words.insert(words.begin() + 1, name.substr(digits));
  }
}

void add_expression(std::string& expression, std::string_view other) {
  if (!expression.empty() && !other.empty()) {
    expression += '|';
  }
  expression += other;
}

/// What pprof has and we have not.
struct Absent {
  std::string_view name;
  std::string_view advice;
};

constexpr std::string_view k_no_picture = "use svg >FILE, or web";
constexpr auto k_absent = std::to_array<Absent>({
    {"disasm", "the code of the program is not read: use list or weblist"},
    {"eog", k_no_picture},
    {"evince", k_no_picture},
    {"gif", k_no_picture},
    {"gv", k_no_picture},
    {"kcachegrind", "use callgrind >FILE"},
    {"pdf", k_no_picture},
    {"png", k_no_picture},
    {"ps", k_no_picture},
});

std::unexpected<Error> unknown(const std::vector<std::string_view>& words) {
  const std::string_view name = words.front();
  if (!Settings::help(name).empty()) {
    return fail(ErrorKind::usage,
                fmt::format("did you mean: {}={}", name,
                            words.size() > 1 ? one_line(words[1]) : "<val>"));
  }
  if (const auto* const absent =
          std::ranges::find(k_absent, name, &Absent::name);
      absent != k_absent.end()) {
    return fail(ErrorKind::usage,
                fmt::format("{} is not here: {}", name, absent->advice));
  }
  return fail(ErrorKind::usage,
              fmt::format("unrecognized command: {}", quoted(name)));
}

/// The words after a command and its argument.
class Rest {
 public:
  explicit Rest(Command& command) : command_(command) {}

  Result<void> read(std::span<const std::string_view> words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string_view word = words[i];
      if (const auto count = parse_signed<int>(word)) {
        command_.options.node_count = *count;
      } else if (word == ">" && i + 1 == words.size()) {
        return fail(ErrorKind::usage, "unexpected end of line after >");
      } else if (word.starts_with('>')) {
        command_.output = word == ">" ? words[++i] : word.substr(1);
      } else {
        read_expression(word);
      }
    }
    finish();
    return {};
  }

 private:
  void read_expression(std::string_view word) {
    if (word == "-cum" || word == "--cum") {
      command_.options.sort_by_cum = true;
    } else if (word.starts_with('-')) {
      add_expression(ignore_, word.substr(1));
    } else {
      add_expression(focus_, word);
    }
  }

  void finish() {
    pprof::Filters& filters = command_.options.filters;
    const bool is_tags = command_.name == "tags";
    if (!focus_.empty()) {
      (is_tags ? filters.tag_focus : filters.focus) = focus_;
    }
    if (!ignore_.empty()) {
      (is_tags ? filters.tag_ignore : filters.ignore) = ignore_;
    }
  }

  Command& command_;
  std::string focus_;
  std::string ignore_;
};

}  // namespace

Result<Command> parse_command(std::string_view line, const Settings& settings) {
  std::vector<std::string_view> words = words_of(line);
  split_digits(words);
  const ReportCommand* const report = find(words.front());
  if (report == nullptr) {
    return unknown(words);
  }
  Command command{.name = std::string(report->name),
                  .argument = "",
                  .options = settings.options(),
                  .output = settings.output()};
  std::size_t first = 1;
  if (report->has_argument) {
    if (words.size() == 1) {
      return fail(ErrorKind::usage, fmt::format("command {} requires an "
                                                "argument",
                                                report->name));
    }
    command.argument = words[first++];
  }
  TRY(Rest(command).read(std::span(words).subspan(first)));
  constexpr int k_rows = 10;
  if (command.options.node_count == -1 &&
      (command.name == "top" || command.name == "text")) {
    command.options.node_count = k_rows;
  }
  return command;
}

std::vector<std::string_view> report_names() {
  std::vector<std::string_view> names;
  names.reserve(k_reports.size());
  for (const ReportCommand& report : k_reports) {
    names.push_back(report.name);
  }
  return names;
}

std::string_view summary_of(std::string_view name) {
  const ReportCommand* const report = find(name);
  return report == nullptr ? "" : report->help;
}

std::string describe_report(std::string_view name) {
  const ReportCommand* const report = find(name);
  if (report == nullptr) {
    return {};
  }
  return fmt::format(
      "{}\n  Usage:\n    {}{} [n] [focus_regex]* [-ignore_regex]* [-cum]{}\n",
      report->help, name, report->has_argument ? " func_regex" : "",
      report->place == k_in_page ? "" : " >file");
}

bool is_for_file(std::string_view name) {
  const ReportCommand* const report = find(name);
  return report != nullptr && report->place == k_in_file;
}

bool opens_page(std::string_view name) {
  const ReportCommand* const report = find(name);
  return report != nullptr && report->place == k_in_page;
}

Result<Report> make_report(const Command& command, pprof::Profile profile) {
  const ReportCommand* const report = find(command.name);
  TRY_ASSIGN(Prepared made,
             view::prepare(std::move(profile), report->kind, command.options));
  const auto prepared = std::make_shared<const Prepared>(std::move(made));
  TRY_ASSIGN(Producer write,
             view::render(*prepared, report->kind, command.argument));
  return Report{.write = [prepared, write = std::move(write)](
                             const Sink& sink) { return write(sink); },
                .warnings = prepared->warnings};
}

}  // namespace kprofefe::shell
