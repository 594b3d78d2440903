// SPDX-License-Identifier: MIT
#include "cmd/cli.hpp"

#include "cmd/command.hpp"

#include "base/version.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <ostream>
#include <string_view>

namespace kprofefe::cmd {
namespace {

constexpr std::string_view k_exit_codes =
    "Exit codes:\n"
    "  0    everything asked for was done (skipped profiles are no failures)\n"
    "  1    failed; not one profile was stored\n"
    "  2    wrong usage\n"
    "  3    some profiles were stored, others failed\n"
    "  130  interrupted; what was already fetched has been delivered\n";

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

/// `kprofefe` is the collector under its own name; kube-profefe registered a
/// flag with its dashes doubled, and manifests in the wild spell it so.
void adapt(std::vector<std::string>& arguments) {
  if (base_name(arguments.front()) == "kprofefe" &&
      (arguments.size() < 2 || arguments[1] != "version")) {
    arguments.insert(arguments.begin() + 1, "collect");
  }
  for (std::string& argument : arguments) {
    if (argument.starts_with("----")) {
      argument.erase(0, 2);
    }
  }
}

// kubectl runs plugins by their file name, while people type `kubectl profefe`.
std::string command_name(std::string_view called_as) {
  const std::string_view name = base_name(called_as);
  return name == "kubectl-profefe" ? "kubectl profefe" : std::string(name);
}

void describe(CLI::App& app) {
  app.description(
      "Find the pods that serve pprof, pull their profiles at the same time, "
      "and put them\nwhere people look: files, or a profefe server.");
  app.footer(
      "Pods ask for it by annotation:\n"
      "  profefe.com/enable: \"true\"    profile this pod\n"
      "  profefe.com/port: \"6060\"      number or name of the port\n"
      "  profefe.com/path: /debug/pprof\n"
      "  profefe.com/service: NAME     what the profiles are filed under\n\n" +
      std::string(k_exit_codes));
  app.require_subcommand(0, 1);
  app.set_help_flag("-h,--help", "Print this help");
  app.set_version_flag("--version", std::string(k_version));
  app.get_formatter()->column_width(34);
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
    streams.out << app.help() << std::flush;
    return ExitCode::ok;
  } catch (const CLI::CallForVersion& version) {
    streams.out << version.what() << std::endl;
    return ExitCode::ok;
  } catch (const CLI::ParseError& error) {
    streams.err << "error: " << error.what() << "\nSee '" << app.get_name()
                << " --help'." << std::endl;
    return ExitCode::usage;
  }
}

}  // namespace

ExitCode run(std::vector<std::string> arguments, const Context& context) {
  if (arguments.empty()) {
    arguments.emplace_back("kubectl-profefe");
  }
  adapt(arguments);
  CLI::App app("", command_name(arguments.front()));
  Chosen chosen;
  describe(app);
  add_capture(app, chosen);
  add_targets(app, chosen);
  add_collect(app, chosen);
  add_get(app, chosen);
  add_load(app, chosen);
  add_version(app, chosen);
  if (const auto code = parse(app, std::move(arguments), context.streams)) {
    return *code;
  }
  if (!chosen) {
    context.streams.err << app.help() << std::flush;
    return ExitCode::usage;
  }
  return chosen(context);
}

}  // namespace kprofefe::cmd
