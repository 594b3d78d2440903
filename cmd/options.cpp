// SPDX-License-Identifier: MIT
#include "cmd/capture_flags.hpp"
#include "cmd/cluster_flags.hpp"
#include "cmd/command.hpp"
#include "cmd/target_flags.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace kprofefe::cmd {
namespace {

/// The flags that commands share, as a command that has no others.
struct SharedFlags {
  CLI::App app;
  kube::ClusterRequest cluster;
  CaptureFlags capture;
  int verbosity = 0;

  explicit SharedFlags(const CLI::App& like) {
    constexpr bool k_shown = true;
    app.description(
        "The following flags can be passed to any command that contacts a "
        "cluster or "
        "pods:");
    app.set_help_flag();
    app.formatter(like.get_formatter());
    add_cluster_flags(app, cluster, k_shown);
    add_verbosity_flag(app, verbosity, k_shown);
    add_target_flags(app, capture.target, nullptr, k_shown);
    add_limit_flags(app, capture, nullptr, k_shown);
  }
};

}  // namespace

void add_options(CLI::App& app, Chosen& chosen) {
  CLI::App* const options =
      app.add_subcommand("options",
                         "List the flags that commands share: cluster, "
                         "credentials, pod TLS and "
                         "authentication, limits");
  when_named(*options, chosen,
             [options](const Context& context) -> Result<ExitCode> {
               const SharedFlags shared(*options);
               TRY(print_results(context.streams, shared.app.help()));
               return ExitCode::ok;
             });
}

}  // namespace kprofefe::cmd
