// SPDX-License-Identifier: MIT
#include "cmd/command.hpp"
#include "cmd/command_session.hpp"
#include "cmd/query_flags.hpp"
#include "cmd/server_flags.hpp"

#include "base/moment.hpp"
#include "cli/help.hpp"
#include "profefe/client.hpp"
#include "report/stored.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <utility>

namespace kprofefe::cmd {
namespace {

using report::StoredFormat;

struct GetFlags {
  ServerFlags server;
  QueryFlags query;
  StoredFormat format = StoredFormat::table;
};

Result<std::string> get_services(const GetFlags& flags,
                                 const Context& context) {
  CommandSession session(context);
  TRY_ASSIGN(const auto profefe, open_client(flags.server, session));
  TRY_ASSIGN(const std::vector<std::string> services,
             session->run(profefe->services()));
  if (services.empty()) {
    print_note(context.streams, "no services: no profile is stored yet");
  }
  return report::render_names(services, flags.format == StoredFormat::json);
}

Result<std::string> get_profiles(const GetFlags& flags,
                                 const Context& context) {
  if (flags.query.service.empty()) {
    return fail(
        ErrorKind::usage,
        "get profiles: --service is required: run `get services` to list "
        "them");
  }
  TRY_ASSIGN(profefe::ProfileQuery query,
             make_query(flags.query, context.env.now()));
  CommandSession session(context);
  TRY_ASSIGN(const auto profefe, open_client(flags.server, session));
  TRY_ASSIGN(const std::vector<profefe::StoredProfile> profiles,
             session->run(profefe->find_profiles(query)));
  if (profiles.empty()) {
    print_note(context.streams,
               fmt::format("no profiles of service {} from {} to {}",
                           flags.query.service, format_rfc3339(query.from),
                           format_rfc3339(query.to)));
  }
  return report::render_profiles(profiles, flags.format);
}

Result<std::string> get_profile_types(const GetFlags& flags,
                                      const Context& /*context*/) {
  std::vector<std::string> names;
  for (const std::string_view name : profile_type_names()) {
    names.emplace_back(name);
  }
  return report::render_names(names, flags.format == StoredFormat::json);
}

using Getter = Result<std::string> (*)(const GetFlags&, const Context&);

void print_when_named(CLI::App& app, std::shared_ptr<GetFlags> flags,
                      Getter getter, Chosen& chosen) {
  when_named(app, chosen,
             [flags = std::move(flags),
              getter](const Context& context) -> Result<ExitCode> {
               TRY_ASSIGN(const std::string text, getter(*flags, context));
               TRY(print_results(context.streams, text));
               return ExitCode::ok;
             });
}

void add_output(CLI::App& app, GetFlags& flags) {
  cli::FlagGroup(app, "Output")
      .parsed("-o,--output", flags.format, report::parse_stored_format,
              "FORMAT", "table, json or name")
      ->default_str("table");
}

/// Of the command that asks a server.
std::string footer_of(const CLI::App& get) {
  return cli::point_to_options(*get.get_parent(), "cluster and credentials");
}

void add_services(CLI::App& get, const std::shared_ptr<GetFlags>& flags,
                  Chosen& chosen) {
  CLI::App* services = get.add_subcommand("services", "List the services");
  services->alias("service");
  add_server_flags(*services, flags->server);
  add_output(*services, *flags);
  services->footer(footer_of(get));
  print_when_named(*services, flags, get_services, chosen);
}

void add_profiles(CLI::App& get, const std::shared_ptr<GetFlags>& flags,
                  Chosen& chosen) {
  CLI::App* profiles = get.add_subcommand(
      "profiles", "List the profiles of a service in a time range");
  profiles->alias("profile");
  add_server_flags(*profiles, flags->server);
  cli::FlagGroup which(*profiles, "Query");
  which
      .text("--service", flags->query.service, "NAME",
            "Service (required), see `get services`")
      ->check(cli::refuse_empty);
  which.parsed("--profile-type", flags->query.type, read_profile_type, "TYPE",
               "Type, see `get profile-types` (default: every type)");
  add_query_flags(which, flags->query);
  add_output(*profiles, *flags);
  profiles->footer(footer_of(get));
  print_when_named(*profiles, flags, get_profiles, chosen);
}

}  // namespace

void add_get(CLI::App& app, Chosen& chosen) {
  CLI::App* get =
      app.add_subcommand("get", "List what a profefe server has stored");
  get->require_subcommand(1);
  get->footer(list_exit_codes(
      {.ok = "success, even if nothing was found",
       .failed = "the server did not respond, or returned an error"}));
  const auto flags = std::make_shared<GetFlags>();
  add_services(*get, flags, chosen);
  add_profiles(*get, flags, chosen);
  CLI::App* types = get->add_subcommand(
      "profile-types", "List the profile types that can be stored and queried");
  types->alias("profile-type");
  add_output(*types, *flags);
  print_when_named(*types, flags, get_profile_types, chosen);
}

}  // namespace kprofefe::cmd
