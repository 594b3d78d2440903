// SPDX-License-Identifier: MIT
#include "base/version.hpp"

#include "cmd/command.hpp"

#include "http/client.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>

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

}  // namespace

void add_version(CLI::App& app, Chosen& chosen) {
  const auto output = std::make_shared<std::string>("text");
  CLI::App* version = app.add_subcommand(
      "version", "Print the version, with libcurl's and the compiler's");
  version->add_option("-o,--output", *output, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  when_named(
      *version, chosen, [output](const Context& context) -> Result<ExitCode> {
        TRY(print_results(context.streams, render_version(*output == "json")));
        return ExitCode::ok;
      });
}

}  // namespace kprofefe::cmd
