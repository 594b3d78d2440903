// SPDX-License-Identifier: MIT
#pragma once

#include "cli/flag_group.hpp"
#include "collect/target_access_request.hpp"

namespace kprofefe::cmd {

/// Of the flags that say how to fetch.
inline constexpr cli::FlagScope k_fetches_from_pods = {
    .what = "only applies to fetching from pods", .for_pods = true};

/// Adds the flags for pods behind TLS or a login; they are in the help only
/// when `is_shown`.
void add_target_flags(CLI::App& app, collect::TargetAccessRequest& request,
                      cli::ScopedFlags* scoped = nullptr,
                      bool is_shown = false);

}  // namespace kprofefe::cmd
