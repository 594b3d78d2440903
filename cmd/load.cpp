// SPDX-License-Identifier: MIT
#include "cmd/command.hpp"
#include "cmd/flag_checks.hpp"
#include "cmd/help.hpp"
#include "cmd/query_flags.hpp"
#include "cmd/user_agent.hpp"

#include "async/interrupt.hpp"
#include "async/loop.hpp"
#include "base/file.hpp"
#include "http/client.hpp"
#include "pprof/detect.hpp"
#include "pprof/summary.hpp"
#include "profefe/client.hpp"
#include "profefe/hostport.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <filesystem>
#include <memory>
#include <optional>

namespace kprofefe::cmd {
namespace {

constexpr std::size_t k_max_file_bytes = std::size_t{64} << 20;

struct LoadFlags {
  std::vector<std::string> files;
  std::string profefe_hostport = "http://localhost:10100";
  std::string service;
  std::string type;
  std::vector<std::string> labels;
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

Result<LocalProfile> read_profile(const std::string& path,
                                  const LoadFlags& flags, SystemTime now) {
  LocalProfile profile;
  TRY_ASSIGN(profile.bytes,
             path == "-"
                 ? read_all(STDIN_FILENO, "standard input", k_max_file_bytes)
                 : read_file(path, k_max_file_bytes));
  const Result<pprof::Summary> summary = pprof::read_summary(profile.bytes);
  if (!summary) {
    return std::unexpected(summary.error().with_context(path));
  }
  if (summary->content == pprof::Content::empty) {
    return fail(ErrorKind::malformed,
                path +
                    ": the profile has no samples, so profefe would not "
                    "take it");
  }
  profile.created_at = time_of(*summary, now);
  if (!flags.type.empty()) {
    profile.type = flags.type;
    return profile;
  }
  const std::string name = std::filesystem::path(path).filename();
  const auto kind = pprof::detect_kind(*summary, name);
  profile.type = kind ? std::string(pprof::kind_name(*kind)) : "other";
  return profile;
}

/// Pushes files one after the other over one connection.
class Loader {
 public:
  Loader(const LoadFlags& flags, const Context& context)
      : flags_(flags), context_(context) {}

  Result<ExitCode> run() {
    TRY_ASSIGN(const http::Url url,
               profefe::parse_hostport(flags_.profefe_hostport));
    TRY_ASSIGN(labels_, profefe::parse_labels(flags_.labels));
    if (!flags_.type.empty()) {
      TRY(check_profile_type(flags_.type));
    }
    profefe_.emplace(&http_, url, profefe::Options{.stop = interrupt_.token()});
    std::size_t failed = 0;
    for (const std::string& path : flags_.files) {
      if (interrupt_.token().stop_requested()) {
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
  Result<void> load(const std::string& file) {
    const std::string path = file == "-" ? "standard input" : file;
    TRY_ASSIGN(const LocalProfile profile,
               read_profile(file, flags_, context_.env.now()));
    const auto stored =
        loop_.run(profefe_->push({.service = flags_.service,
                                  .type = profile.type,
                                  .labels = labels_,
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
  async::Loop loop_;
  async::Interrupt interrupt_{loop_};
  http::Client http_{loop_, user_agent()};
  std::optional<profefe::Client> profefe_;
  profefe::Labels labels_;
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
  load->add_option("--service", flags->service,
                   "Service to file the profiles under")
      ->type_name("NAME")
      ->check(refuse_empty)
      ->required();
  load->add_option("--profile-type", flags->type,
                   "Type of all files (default: told from each profile)")
      ->type_name("TYPE");
  load->add_option("--label", flags->labels,
                   "key=value to store with them; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  load->add_option("--profefe-hostport", flags->profefe_hostport,
                   "URL of the profefe server")
      ->type_name("URL")
      ->check(refuse_empty)
      ->capture_default_str();
  load->footer(
      list_exit_codes({.ok = "every file was stored",
                       .failed = "not one file was stored",
                       .partial = "some files were stored, others not",
                       .interrupted = "interrupted; the URLs that were printed "
                                      "are stored"}));
  load->callback([flags, &chosen] {
    chosen = [flags](const Context& context) {
      Loader loader(*flags, context);
      const Result<ExitCode> code = loader.run();
      return code ? *code : print_error(context.streams, code.error());
    };
  });
}

}  // namespace kprofefe::cmd
