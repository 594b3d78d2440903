// SPDX-License-Identifier: MIT
#include "cmd/target_flags.hpp"

#include "cli/help.hpp"

#include <CLI/CLI.hpp>

namespace kprofefe::cmd {

void add_target_flags(CLI::App& app, collect::TargetAccessRequest& request,
                      cli::ScopedFlags* scoped, bool is_shown) {
  cli::FlagGroup group(
      app, is_shown ? "Pods with TLS or authentication" : cli::k_shared_group,
      scoped, &k_fetches_from_pods);
  CLI::Option* const ca =
      group.text("--target-ca", request.ca_file, "FILE",
                 "Verify pods with the CA certificates in this file (default: "
                 "the system's)");
  CLI::Option* const name = group.text(
      "--target-server-name", request.server_name, "NAME",
      "Name to expect in the pods' certificates (default: the pod's IP)");
  group.flag("--target-insecure", request.insecure,
             "Do not verify the pods' certificates");
  CLI::Option* const header = group.parsed_list(
      "--target-header", request.headers, collect::read_headers, "HEADER",
      "Header to send to pods, as 'Name: value'; may be repeated");
  CLI::Option* const file =
      group.text("--target-token-file", request.token_file, "FILE",
                 "Send the token in this file to pods, as a bearer token");
  CLI::Option* const variable =
      group.text("--target-token-env", request.token_variable, "NAME",
                 "Send the token in this environment variable to pods, as a "
                 "bearer token");
  group.flag("--target-token-insecure", request.token_insecure,
             "Also send the token, or an Authorization header, over plain HTTP "
             "to pod IPs; a port-forward always uses TLS to "
             "the cluster and needs no flag");
  for (CLI::Option* const option : {ca, name, header, file, variable}) {
    option->check(cli::refuse_empty);
  }
}

}  // namespace kprofefe::cmd
