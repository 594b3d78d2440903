// SPDX-License-Identifier: MIT
#include "cmd/command.hpp"
#include "cmd/command_session.hpp"
#include "cmd/query_flags.hpp"
#include "cmd/server_flags.hpp"

#include "base/file.hpp"
#include "cli/flag_group.hpp"
#include "cli/help.hpp"
#include "collect/upload.hpp"
#include "profefe/client.hpp"
#include "source/local.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <utility>

namespace kprofefe::cmd {
namespace {

constexpr std::size_t k_max_file_bytes = std::size_t{64} << 20;

struct LoadFlags {
  std::vector<std::string> files;
  ServerFlags server;
  std::string service;
  std::string type;  ///< empty: told from each profile
  profefe::Labels labels;
};

/// Pushes files one after the other over one connection.
class Loader {
 public:
  Loader(const LoadFlags& flags, const Context& context)
      : flags_(flags), context_(context), session_(context) {}

  Result<ExitCode> run() {
    TRY_ASSIGN(profefe_, open_client(flags_.server, session_));
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
        const collect::Uploaded uploaded,
        session_->run(collect::upload(
            profefe_.get(), {.service = flags_.service,
                             .type = flags_.type,
                             .labels = flags_.labels,
                             .name = path,
                             .bytes = std::move(bytes),
                             .otherwise_created_at = context_.env.now()})));
    return print_results(
        context_.streams,
        fmt::format("{} type={} file={}\n", uploaded.url, uploaded.type, path));
  }

  const LoadFlags& flags_;
  const Context& context_;
  CommandSession session_;
  std::unique_ptr<profefe::Client> profefe_;
};

}  // namespace

void add_load(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<LoadFlags>();
  CLI::App* load = app.add_subcommand(
      "load", "Send profiles and traces from files to a profefe server");
  load->add_option("FILE", flags->files,
                   "Files with Go profiles or runtime traces; - is "
                   "standard input")
      ->type_name("")
      ->required();
  cli::FlagGroup group(*load, "Profiles");
  group
      .text("--service", flags->service, "NAME",
            "Service to store the profiles under")
      ->check(cli::refuse_empty)
      ->required();
  group.parsed("--profile-type", flags->type, read_profile_type, "TYPE",
               "Type of all files (default: detected from each profile)");
  add_label_flag(group, flags->labels,
                 "key=value to store with them; may be repeated");
  add_server_flags(*load, flags->server);
  load->footer(
      list_exit_codes({.ok = "every file was stored",
                       .failed = "no file was stored",
                       .partial = "some files were stored, others failed",
                       .interrupted = "interrupted; profiles whose URL was "
                                      "printed are stored"}) +
      cli::point_to_options(app, "cluster and credentials"));
  when_named(*load, chosen, [flags](const Context& context) {
    Loader loader(*flags, context);
    return loader.run();
  });
}

}  // namespace kprofefe::cmd
