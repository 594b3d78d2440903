// SPDX-License-Identifier: MIT
#include "cmd/program.hpp"

#include "cmd/cluster_flags.hpp"
#include "cmd/command.hpp"

#include "base/path.hpp"
#include "base/version.hpp"
#include "cli/arguments.hpp"
#include "cli/help.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <ostream>
#include <string_view>

namespace kprofefe::cmd {
namespace {

constexpr ExitCodeTexts k_exit_codes = {
    .ok = "success (skipped profiles are not failures)",
    .failed = "failed; no profile was stored or read",
    .partial =
        "some profiles were stored or read, others failed; `targets` did "
        "not\n       find some of the named pods; or `diff` found more growth "
        "than\n       --fail-over or --fail-function allow",
    .interrupted = "interrupted; profiles already fetched were delivered"};

// kubectl runs plugins by their file name, while people type `kubectl profefe`.
std::string command_name(std::string_view called_as) {
  const std::string_view name = base_name(called_as);
  return name == "kubectl-profefe" ? "kubectl profefe" : std::string(name);
}

void describe(CLI::App& app) {
  app.description(
      "Find the pods that serve pprof, capture their profiles in parallel, "
      "and store them in files or on a profefe server. Also shows profiles "
      "without Go.");
  app.footer(
      "Annotate pods to have them profiled:\n"
      "  profefe.com/enable: \"true\"    profile this pod\n"
      "  profefe.com/port: \"6060\"      number or name of the port\n"
      "  profefe.com/path: /debug/pprof\n"
      "  profefe.com/scheme: https      for a pod behind TLS\n"
      "  profefe.com/service: NAME     service to store the profiles under\n\n"
      "Use \"COMMAND --help\" for the flags of a command.\n\n" +
      list_exit_codes(k_exit_codes));
  app.require_subcommand(0, 1);
  app.option_defaults()->take_last();  // as kubectl; aliases need it
  app.set_help_flag("-h,--help", "Print this help");
  app.set_version_flag("--version", std::string(k_version));
  app.formatter(cli::help_formatter(cli::is_collector(app.get_name())));
}

ExitCode print(Streams& streams, std::string_view text) {
  const Result<void> printed = print_results(streams, text);
  return printed ? ExitCode::ok : print_error(streams, printed.error());
}

/// The command whose help would have told: `kubectl profefe get profiles`.
std::string words_before_help(const CLI::App& app) {
  std::string words = app.get_name();
  const CLI::App* command = &app;
  for (auto named = command->get_subcommands(); !named.empty();
       named = command->get_subcommands()) {
    command = named.front();
    if (!cli::is_collector(app.get_name())) {
      words += " " + command->get_name();
    }
  }
  return words;
}

struct Command {
  std::string_view name;
  void (*add)(CLI::App& app, Chosen& chosen);
};

using view::ReportKind;

template <ReportKind Kind>
void add(CLI::App& app, Chosen& chosen) {
  add_report(app, chosen, Kind);
}

constexpr std::array k_commands = {
    Command{"capture", add_capture},
    Command{"targets", add_targets},
    Command{"collect", add_collect},
    Command{"get", add_get},
    Command{"load", add_load},
    Command{"serve", add_serve},
    Command{"top", add_top},
    Command{"web", add_web},
    Command{"shell", add_shell},
    Command{"flame", add_flame},
    Command{"diff", add_diff},
    Command{"merge", add_merge},
    Command{"tree", add<ReportKind::tree>},
    Command{"peek", add<ReportKind::peek>},
    Command{"list", add<ReportKind::list>},
    Command{"tags", add<ReportKind::tags>},
    Command{"raw", add<ReportKind::raw>},
    Command{"traces", add<ReportKind::traces>},
    Command{"comments", add<ReportKind::comments>},
    Command{"dot", add<ReportKind::dot>},
    Command{"svg", add<ReportKind::svg>},
    Command{"goroutines", add_goroutines},
    Command{"callgrind", add<ReportKind::callgrind>},
    Command{"topproto", add<ReportKind::top_proto>},
    Command{"options", add_options},
    Command{"version", add_version},
};

bool is_command(std::string_view word) {
  return std::ranges::find(k_commands, word, &Command::name) !=
         k_commands.end();
}

/// What is wrong with the word behind `get`, as complaint_about().
std::string complaint_about_get(std::string_view what) {
  constexpr std::array<std::string_view, 2> k_fine = {"-h", "--help"};
  // `service` as well as `services`, as with kubectl.
  const bool is_known =
      std::ranges::any_of(k_gettable, [&](std::string_view known) {
        return what == known || what == known.substr(0, known.size() - 1);
      });
  if (is_known || std::ranges::find(k_fine, what) != k_fine.end()) {
    return {};
  }
  const std::string there_are =
      fmt::format("use one of {}", fmt::join(k_gettable, ", "));
  return what.empty()
             ? "get: missing argument: " + there_are
             : fmt::format("get: unknown argument \"{}\": {}", what, there_are);
}

/// What is wrong with the first words, in words; empty when nothing is.
std::string complaint_about(std::string_view first, std::string_view second,
                            std::string_view name) {
  constexpr std::array<std::string_view, 4> k_fine = {"", "-h", "--help",
                                                      "--version"};
  if (first == "get") {
    return complaint_about_get(second);
  }
  if (is_command(first) || std::ranges::find(k_fine, first) != k_fine.end()) {
    return {};
  }
  if (first.starts_with('-')) {
    return fmt::format(
        "unexpected {}: put flags after the command, as in `{} targets -n "
        "NAME`",
        first, name);
  }
  std::vector<std::string_view> names;
  std::ranges::transform(k_commands, std::back_inserter(names), &Command::name);
  return fmt::format("unknown command \"{}\": use one of {}", first,
                     fmt::join(names, ", "));
}

/// The command that comes first is added alone: the flags of all the others
/// take longer to make than a kubeconfig of 500 contexts to read.
void add_commands(CLI::App& app, std::string_view first, Chosen& chosen) {
  for (const Command& command : k_commands) {
    if (!is_command(first) || command.name == first) {
      command.add(app, chosen);
    }
  }
}

/// Adds -v to what has no commands below it.
void add_verbosity(CLI::App& app, int& verbosity) {
  const std::vector<CLI::App*> commands = app.get_subcommands({});
  for (CLI::App* const command : commands) {
    add_verbosity(*command, verbosity);
  }
  if (commands.empty()) {
    add_verbosity_flag(app, verbosity);
  }
}

ExitCode refuse(Streams& streams, std::string_view command, std::string why) {
  const ExitCode code =
      print_error(streams, {ErrorKind::usage, std::move(why)});
  streams.err << "See '" << command << " --help' for usage." << std::endl;
  return code;
}

/// The words that no command takes, in their order.
std::string complaint_about_extras(const CLI::App& app) {
  std::vector<std::string> extras = app.remaining(true);
  const auto flag = std::ranges::find_if(
      extras, [](const std::string& word) { return word.starts_with('-'); });
  if (flag != extras.end()) {
    // What is behind a mistyped --token= may be secret.
    return fmt::format("unknown flag {}", flag->substr(0, flag->find('=')));
  }
  return fmt::format("unexpected arguments: {}", fmt::join(extras, " "));
}

/// Of a flag without its value CLI11 says `--output: 1 required FORMAT
/// missing`.
std::string complaint_about_missing(std::string_view what) {
  return fmt::format("flag needs an argument: {}",
                     what.substr(0, what.find(':')));
}

/// Parses; the exit code when there is nothing left to do, e.g. after --help.
std::optional<ExitCode> parse(CLI::App& app, std::vector<std::string> arguments,
                              Streams& streams) {
  try {
    std::reverse(arguments.begin() + 1, arguments.end());
    arguments.erase(arguments.begin());
    app.parse(std::move(arguments));
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    return print(streams, app.help());
  } catch (const CLI::CallForVersion& version) {
    return print(streams, std::string(version.what()) + "\n");
  } catch (const CLI::ExtrasError&) {
    return refuse(streams, words_before_help(app), complaint_about_extras(app));
  } catch (const CLI::ArgumentMismatch& error) {
    return refuse(streams, words_before_help(app),
                  complaint_about_missing(error.what()));
  } catch (const CLI::ParseError& error) {
    return refuse(streams, words_before_help(app), error.what());
  }
}

}  // namespace

ExitCode run(std::vector<std::string> arguments, const Context& context) {
  if (arguments.empty()) {
    arguments.emplace_back("kubectl-profefe");
  }
  cli::adapt_arguments(arguments);
  CLI::App app("", command_name(arguments.front()));
  Chosen chosen;
  describe(app);
  const std::string first = arguments.size() > 1 ? arguments[1] : "";
  const std::string second = arguments.size() > 2 ? arguments[2] : "";
  if (std::string why = complaint_about(first, second, app.get_name());
      !why.empty()) {
    const std::string command = app.get_name() + (first == "get" ? " get" : "");
    return refuse(context.streams, command, std::move(why));
  }
  add_commands(app, first, chosen);
  add_verbosity(app, context.streams.verbosity);
  if (const auto code = parse(app, std::move(arguments), context.streams)) {
    return *code;
  }
  if (!chosen) {
    context.streams.err << app.help() << std::flush;
    return ExitCode::usage;
  }
  const Result<ExitCode> code = chosen(context);
  return code ? *code : print_error(context.streams, code.error());
}

void when_named(CLI::App& app, Chosen& chosen, Chosen work) {
  app.callback([&chosen, work = std::move(work)] { chosen = work; });
}

}  // namespace kprofefe::cmd
