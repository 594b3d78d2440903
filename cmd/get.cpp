// SPDX-License-Identifier: MIT
#include "cmd/command.hpp"
#include "cmd/flag_checks.hpp"
#include "cmd/help.hpp"
#include "cmd/query_flags.hpp"
#include "cmd/user_agent.hpp"

#include "async/interrupt.hpp"
#include "async/loop.hpp"
#include "base/json_escape.hpp"
#include "base/moment.hpp"
#include "base/utf8.hpp"
#include "http/client.hpp"
#include "profefe/client.hpp"
#include "profefe/hostport.hpp"
#include "profefe/profile_type.hpp"
#include "term/table.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <span>

namespace kprofefe::cmd {
namespace {

using nlohmann::ordered_json;

struct GetFlags {
  std::string profefe_hostport = "http://localhost:10100";
  QueryFlags query;
  std::string output = "table";
};

std::string dump(const ordered_json& document) {
  return escape_controls(document.dump(
             2, ' ', false, ordered_json::error_handler_t::replace)) +
         "\n";
}

/// A list of names: one a line, or an array.
std::string render_names(std::span<const std::string> names, bool json) {
  if (json) {
    return dump(ordered_json(names));
  }
  std::string text;
  for (const std::string& name : names) {
    text += printable(name) + "\n";
  }
  return text;
}

std::string created(const profefe::StoredProfile& profile) {
  return profile.created_at ? format_rfc3339(*profile.created_at) : "-";
}

ordered_json to_json(const profefe::StoredProfile& profile) {
  return {{"id", profile.id},
          {"type", profefe::type_name(profile.type, profile.labels)},
          {"service", profile.service},
          {"labels", profile.labels},
          {"created_at", created(profile)},
          {"url", profile.url}};
}

std::string render_profiles(std::span<const profefe::StoredProfile> profiles,
                            const std::string& output) {
  if (output == "json") {
    ordered_json document = ordered_json::array();
    for (const profefe::StoredProfile& profile : profiles) {
      document.push_back(to_json(profile));
    }
    return dump(document);
  }
  term::Table table({"ID", "TYPE", "SERVICE", "CREATED", "LABELS", "URL"});
  std::string urls;
  for (const profefe::StoredProfile& profile : profiles) {
    table.add({profile.id, profefe::type_name(profile.type, profile.labels),
               profile.service, created(profile),
               profefe::labels_text(profile.labels), profile.url});
    urls += profile.url + "\n";
  }
  return output == "name" ? urls : table.render();
}

/// One conversation with a profefe server.
struct Session {
  async::Loop loop;
  async::Interrupt interrupt{loop};
  http::Client http{loop, user_agent()};
  std::optional<profefe::Client> profefe;

  Result<void> open(const std::string& hostport) {
    TRY_ASSIGN(const http::Url url, profefe::parse_hostport(hostport));
    profefe.emplace(&http, url, profefe::Options{.stop = interrupt.token()});
    return {};
  }
};

Result<std::string> get_services(const GetFlags& flags,
                                 const Context& /*context*/) {
  Session session;
  TRY(session.open(flags.profefe_hostport));
  TRY_ASSIGN(const std::vector<std::string> services,
             session.loop.run(session.profefe->services()));
  return render_names(services, flags.output == "json");
}

Result<std::string> get_profiles(const GetFlags& flags,
                                 const Context& context) {
  if (flags.query.service.empty()) {
    return fail(ErrorKind::usage,
                "get profiles: --service is needed; `get services` lists them");
  }
  TRY_ASSIGN(profefe::ProfileQuery query,
             make_query(flags.query, context.env.now()));
  Session session;
  TRY(session.open(flags.profefe_hostport));
  TRY_ASSIGN(const std::vector<profefe::StoredProfile> profiles,
             session.loop.run(session.profefe->find_profiles(query)));
  if (profiles.empty()) {
    print_note(
        context.streams,
        fmt::format("no profiles of {} from {} to {}", flags.query.service,
                    format_rfc3339(query.from), format_rfc3339(query.to)));
  }
  return render_profiles(profiles, flags.output);
}

Result<std::string> get_profile_types(const GetFlags& flags,
                                      const Context& /*context*/) {
  std::vector<std::string> names;
  for (const std::string_view name : profefe::known_type_names()) {
    names.emplace_back(name);
  }
  return render_names(names, flags.output == "json");
}

using Getter = Result<std::string> (*)(const GetFlags&, const Context&);

void when_chosen(CLI::App& app, std::shared_ptr<GetFlags> flags, Getter getter,
                 Chosen& chosen) {
  app.callback([flags = std::move(flags), getter, &chosen] {
    chosen = [flags, getter](const Context& context) {
      const Result<std::string> text = getter(*flags, context);
      if (!text) {
        return print_error(context.streams, text.error());
      }
      const Result<void> printed = print_results(context.streams, *text);
      return printed ? ExitCode::ok
                     : print_error(context.streams, printed.error());
    };
  });
}

void add_output(CLI::App& app, GetFlags& flags,
                const std::vector<std::string>& formats) {
  app.add_option("-o,--output", flags.output, "Output format")
      ->capture_default_str()
      ->check(CLI::IsMember(formats));
}

void add_hostport(CLI::App& app, GetFlags& flags) {
  app.add_option("--profefe-hostport", flags.profefe_hostport,
                 "URL of the profefe server")
      ->type_name("URL")
      ->check(refuse_empty)
      ->capture_default_str();
}

}  // namespace

void add_get(CLI::App& app, Chosen& chosen) {
  CLI::App* get =
      app.add_subcommand("get", "Ask a profefe server what it has stored");
  get->require_subcommand(1);
  get->footer(
      list_exit_codes({.ok = "answered, also when there is nothing of the kind",
                       .failed = "no answer, or a refusal"}));
  const auto flags = std::make_shared<GetFlags>();

  CLI::App* services = get->add_subcommand("services", "List the services");
  services->alias("service");
  add_hostport(*services, *flags);
  add_output(*services, *flags, {"table", "json", "name"});
  when_chosen(*services, flags, get_services, chosen);

  CLI::App* profiles = get->add_subcommand(
      "profiles", "List the profiles of a service in a range of time");
  profiles->alias("profile");
  add_hostport(*profiles, *flags);
  const std::string which = "Which profiles";
  add_query_flags(*profiles, flags->query, which);
  profiles->get_option("--service")
      ->description("Service (needed), see `get services`");
  profiles
      ->add_option("--profile-type", flags->query.type,
                   "Type, see `get profile-types` (default: every type)")
      ->type_name("TYPE")
      ->group(which);
  add_output(*profiles, *flags, {"table", "json", "name"});
  when_chosen(*profiles, flags, get_profiles, chosen);

  CLI::App* types = get->add_subcommand(
      "profile-types", "List the types that can be stored and asked for");
  types->alias("profile-type");
  add_output(*types, *flags, {"table", "json", "name"});
  when_chosen(*types, flags, get_profile_types, chosen);
}

}  // namespace kprofefe::cmd
