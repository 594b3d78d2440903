// SPDX-License-Identifier: MIT
#include "cmd/command.hpp"
#include "cmd/command_session.hpp"
#include "cmd/flag_group.hpp"
#include "cmd/help.hpp"
#include "cmd/query_flags.hpp"
#include "source/local.hpp"

#include "base/file.hpp"
#include "pprof/detect.hpp"
#include "pprof/summary.hpp"
#include "profefe/client.hpp"
#include "profefe/hostport.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <utility>

namespace kprofefe::cmd {
namespace {

constexpr std::size_t k_max_file_bytes = std::size_t{64} << 20;

struct LoadFlags {
  std::vector<std::string> files;
  http::Url server = *profefe::parse_hostport(profefe::k_default_server);
  std::string service;
  std::string type;  ///< empty: told from each profile
  profefe::Labels labels;
};

/// A file as it is going to be pushed.
struct LocalProfile {
  std::string bytes;
  std::string type;
  SystemTime created_at;
};

SystemTime time_of(const pprof::Summary& summary, SystemTime otherwise) {
  if (summary.time_nanos <= 0) {
    return otherwise;
  }
  return SystemTime(std::chrono::duration_cast<SystemTime::duration>(
      std::chrono::nanoseconds(summary.time_nanos)));
}

/// What the bytes of `name` are; its ending may tell the type, too.
Result<LocalProfile> describe_profile(std::string bytes,
                                      const std::string& name,
                                      const LoadFlags& flags, SystemTime now) {
  LocalProfile profile{.bytes = std::move(bytes)};
  const Result<pprof::Summary> summary = pprof::read_summary(profile.bytes);
  if (!summary) {
    return std::unexpected(summary.error().with_context(name));
  }
  if (summary->content == pprof::Content::empty) {
    return fail(ErrorKind::malformed,
                name +
                    ": the profile has no samples, so profefe would not "
                    "take it");
  }
  profile.created_at = time_of(*summary, now);
  if (!flags.type.empty()) {
    profile.type = flags.type;
    return profile;
  }
  const auto kind = pprof::detect_kind(
      *summary, std::filesystem::path(name).filename().string());
  profile.type = kind ? std::string(pprof::kind_name(*kind)) : "other";
  return profile;
}

/// Pushes files one after the other over one connection.
class Loader {
 public:
  Loader(const LoadFlags& flags, const Context& context)
      : flags_(flags),
        context_(context),
        session_(context),
        profefe_(session_.get()->http, flags.server,
                 {.stop = session_.get()->stop}) {}

  Result<ExitCode> run() {
    std::size_t failed = 0;
    for (const std::string& path : flags_.files) {
      if (session_->is_stopped()) {
        return ExitCode::interrupted;
      }
      const Result<void> loaded = load(path);
      if (!loaded) {
        const ExitCode code = print_error(context_.streams, loaded.error());
        if (code == ExitCode::interrupted || code == ExitCode::reader_gone) {
          return code;
        }
        ++failed;
      }
    }
    if (failed == 0) {
      return ExitCode::ok;
    }
    return failed == flags_.files.size() ? ExitCode::failed : ExitCode::partial;
  }

 private:
  Result<std::string> read(const std::string& file) {
    return file == "-" ? session_->run(source::read_standard_input(
                             session_.get()->stop, k_max_file_bytes))
                       : read_file(file, k_max_file_bytes);
  }

  Result<void> load(const std::string& file) {
    const std::string path = file == "-" ? "standard input" : file;
    TRY_ASSIGN(std::string bytes, read(file));
    TRY_ASSIGN(
        const LocalProfile profile,
        describe_profile(std::move(bytes), path, flags_, context_.env.now()));
    const auto stored =
        session_->run(profefe_.push({.service = flags_.service,
                                     .type = profile.type,
                                     .labels = flags_.labels,
                                     .created_at = profile.created_at,
                                     .body = profile.bytes}));
    if (!stored) {
      return std::unexpected(stored.error().with_context(path));
    }
    if (!stored->has_value()) {
      return fail(ErrorKind::malformed,
                  path + ": profefe calls the profile empty");
    }
    return print_results(context_.streams,
                         fmt::format("{} type={} file={}\n", (*stored)->url,
                                     profile.type, path));
  }

  const LoadFlags& flags_;
  const Context& context_;
  CommandSession session_;
  profefe::Client profefe_;
};

}  // namespace

void add_load(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<LoadFlags>();
  CLI::App* load = app.add_subcommand(
      "load", "Send profiles and traces from files to a profefe server");
  load->add_option("FILE", flags->files,
                   "Profiles as Go writes them, or runtime traces; - is "
                   "standard input")
      ->type_name("")
      ->required();
  FlagGroup group(*load, "Profiles");
  group
      .value("--service", flags->service, "NAME",
             "Service to file the profiles under")
      ->check(refuse_empty)
      ->required();
  group.parsed("--profile-type", flags->type, read_profile_type, "TYPE",
               "Type of all files (default: told from each profile)");
  add_label_flag(group, flags->labels,
                 "key=value to store with them; may be repeated");
  group
      .parsed("--profefe-hostport", flags->server, profefe::parse_hostport,
              "URL", "URL of the profefe server")
      ->check(refuse_empty)
      ->default_str(std::string(profefe::k_default_server));
  load->footer(
      list_exit_codes({.ok = "every file was stored",
                       .failed = "not one file was stored",
                       .partial = "some files were stored, others not",
                       .interrupted = "interrupted; the URLs that were printed "
                                      "are stored"}));
  when_named(*load, chosen, [flags](const Context& context) {
    Loader loader(*flags, context);
    return loader.run();
  });
}

}  // namespace kprofefe::cmd
