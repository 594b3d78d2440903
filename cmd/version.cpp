// SPDX-License-Identifier: MIT
#include "base/version.hpp"

#include "cmd/command.hpp"

#include "base/choice.hpp"
#include "cli/flag_group.hpp"
#include "http/client.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <memory>
#include <string_view>
#include <utility>

namespace kprofefe::cmd {
namespace {

std::string render_version(bool json) {
  const std::string libcurl = http::library_version();
  if (json) {
    const nlohmann::ordered_json fields = {
        {"version", k_version}, {"libcurl", libcurl}, {"compiler", k_compiler}};
    return fields.dump(2) + "\n";
  }
  return fmt::format("kubectl-profefe {}\nlibcurl: {}\ncompiler: {}\n",
                     k_version, libcurl, k_compiler);
}

/// Whether it is JSON.
Result<bool> read_format(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, bool>, 2> k_formats = {
      {{"text", false}, {"json", true}}};
  return parse_choice(name, k_formats);
}

}  // namespace

void add_version(CLI::App& app, Chosen& chosen) {
  const auto is_json = std::make_shared<bool>(false);
  CLI::App* version = app.add_subcommand(
      "version", "Print the versions of the program, libcurl and compiler");
  cli::FlagGroup(*version, "Output")
      .parsed("-o,--output", *is_json, read_format, "FORMAT", "text or json")
      ->default_str("text");
  when_named(*version, chosen,
             [is_json](const Context& context) -> Result<ExitCode> {
               TRY(print_results(context.streams, render_version(*is_json)));
               return ExitCode::ok;
             });
}

}  // namespace kprofefe::cmd
