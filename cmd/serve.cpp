// SPDX-License-Identifier: MIT
#include "cmd/command.hpp"
#include "cmd/command_session.hpp"

#include "api/access_log.hpp"
#include "api/api.hpp"
#include "api/run_server.hpp"
#include "api/tokens.hpp"
#include "base/byte_size.hpp"
#include "base/choice.hpp"
#include "base/duration.hpp"
#include "base/number.hpp"
#include "cli/flag_group.hpp"
#include "server/listener.hpp"
#include "store/check.hpp"
#include "store/store.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

constexpr std::uint16_t k_profefe_port = 10100;

constexpr std::array<std::pair<std::string_view, api::LogFormat>, 3>
    k_log_formats = {{{"text", api::LogFormat::text},
                      {"json", api::LogFormat::json},
                      {"none", api::LogFormat::none}}};

struct ServeFlags {
  std::string folder;
  store::Options store;
  bool checks = false;
  server::ListenAddress address{.port = k_profefe_port, .allow_remote = true};
  api::Guard::Files tokens;
  api::ApiLimits limits;
  api::ServerOptions server;
};

/// `14d`, or a duration of an hour or more. Errors: usage.
Result<std::chrono::hours> parse_retention(std::string_view text) {
  if (text.ends_with('d')) {
    const auto days =
        parse_number<std::uint16_t>(text.substr(0, text.size() - 1));
    if (days && *days > 0) {
      return std::chrono::days(*days);
    }
  } else if (const Result<Milliseconds> duration = parse_duration(text)) {
    const auto hours =
        std::chrono::duration_cast<std::chrono::hours>(*duration);
    if (hours.count() > 0) {
      return hours;
    }
  }
  return fail(ErrorKind::usage,
              fmt::format("invalid retention \"{}\": use days or hours, as in "
                          "14d or 36h",
                          text));
}

Result<server::ListenAddress> parse_address(std::string_view text) {
  TRY_ASSIGN(server::ListenAddress address, server::parse_listen_address(text));
  // Whoever writes an address that others reach says so by that.
  address.allow_remote = true;
  return address;
}

std::string describe(const store::CheckReport& report) {
  std::string text;
  for (const store::Damage& damage : report.damage) {
    text += fmt::format("{}: byte {}: {}\n", damage.file, damage.offset,
                        damage.what);
  }
  return text + fmt::format(
                    "{} profiles of {} days are whole ({}); {}\n",
                    report.profiles, report.windows, format_bytes(report.bytes),
                    report.damage.empty() ? "nothing is damaged"
                                          : fmt::format("damaged in {} places",
                                                        report.damage.size()));
}

Result<ExitCode> check_store(const Context& context, const ServeFlags& flags) {
  TRY_ASSIGN(const store::CheckReport report, store::check(flags.folder));
  for (const std::string& note : report.notes) {
    print_note(context.streams, note);
  }
  TRY(print_results(context.streams, describe(report)));
  return report.damage.empty() ? ExitCode::ok : ExitCode::failed;
}

Result<ExitCode> run_serve(const Context& context, ServeFlags& flags) {
  if (flags.checks) {
    return check_store(context, flags);
  }
  TRY_ASSIGN(api::Guard guard, api::Guard::open(flags.tokens));
  std::vector<std::string> notes;
  TRY_ASSIGN(const std::unique_ptr<store::Store> store,
             store::Store::open(flags.folder, flags.store, notes));
  for (const std::string& note : notes) {
    print_note(context.streams, note);
  }
  CommandSession session(context);
  TRY_ASSIGN(server::Listener listener,
             server::Listener::open(session->loop(), flags.address));
  api::Api api(store.get(), &context.env, std::move(guard), flags.limits);
  TRY(print_results(
      context.streams,
      fmt::format("http://{}\n", listener.authorities().front())));
  flags.server.log = [&context](std::string_view line) {
    context.streams.err << line << std::endl;
  };
  session->run(api::run_server(session.get(), store.get(), &api,
                               std::move(listener), flags.server));
  return ExitCode::ok;
}

void add_storage_flags(CLI::App& serve, ServeFlags& flags) {
  cli::FlagGroup group(serve, "Storage");
  group.text("--data", flags.folder, "DIR", "Folder for the profiles")
      ->required();
  group.parsed("--retention", flags.store.retention, parse_retention, "AGE",
               "Remove profiles that came longer ago, a day at a time, as in "
               "14d");
  group.parsed("--max-disk", flags.store.max_bytes, parse_bytes, "SIZE",
               "Remove the oldest days when the folder takes more, as in "
               "50GiB");
  group.flag("--check", flags.checks,
             "Verify everything that is stored, say what is damaged, and end");
}

void add_access_flags(CLI::App& serve, ServeFlags& flags) {
  cli::FlagGroup group(serve, "Server");
  group
      .parsed("--listen", flags.address, parse_address, "HOST:PORT",
              "Address to answer at; 0.0.0.0:10100 is all of this host")
      ->default_str(fmt::format("localhost:{}", k_profefe_port));
  group.text("--read-token-file", flags.tokens.read, "FILE",
             "Let only those read who send one of the bearer tokens in FILE, "
             "one a line");
  group.text("--write-token-file", flags.tokens.write, "FILE",
             "The same for storing profiles");
  group
      .parsed(
          "--log-format", flags.server.log_format,
          [](std::string_view name) {
            return parse_choice(name, k_log_formats);
          },
          "FORMAT",
          "How requests are logged to standard error: text, json, "
          "none")
      ->default_str("text");
  group.size("--max-body-size", flags.server.max_body_bytes,
             "Refuse a larger profile, as it is sent");
  group.size("--max-inflated-size", flags.limits.profile.max_inflated_bytes,
             "Refuse a profile that is larger when decompressed");
}

}  // namespace

void add_serve(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<ServeFlags>();
  CLI::App* serve = app.add_subcommand(
      "serve", "Keep profiles and answer queries: a profefe server");
  add_storage_flags(*serve, *flags);
  add_access_flags(*serve, *flags);
  serve->footer(fmt::format(
      "Examples:\n"
      "  {0} serve --data /var/lib/profefe\n"
      "  {0} serve --data /var/lib/profefe --retention 14d --max-disk 50GiB "
      "--listen 0.0.0.0:10100\n"
      "  {0} capture -l app=api --profefe-hostport http://localhost:10100\n",
      app.get_name()));
  when_named(*serve, chosen, [flags](const Context& context) {
    return run_serve(context, *flags);
  });
}

}  // namespace kprofefe::cmd
