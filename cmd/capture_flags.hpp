// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/pod_flags.hpp"

#include "base/env.hpp"
#include "base/result.hpp"
#include "cli/flag_group.hpp"
#include "collect/capture.hpp"
#include "collect/delivery.hpp"
#include "collect/target_access_request.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace kprofefe::cmd {

/// The flags of what fetches from pods.
struct CaptureFlags {
  PodFlags pods;
  collect::TargetAccessRequest target;
  collect::CaptureRequest how;  ///< all but what the two say
  std::optional<std::chrono::seconds> seconds;
  std::optional<std::size_t> memory;
  std::optional<std::size_t> max_profile_size;
};

/// What the flags are about that `options` lists, of commands that fetch from
/// pods.
inline constexpr std::string_view k_all_shared =
    "cluster, credentials, pod TLS and authentication, fetch limits";

/// Adds the flags that say how to fetch; of a reading command they are
/// `scoped`.
void add_fetch_flags(CLI::App& app, CaptureFlags& flags,
                     cli::ScopedFlags* scoped = nullptr);

/// Adds all of them but --seconds, for what does not sample.
void add_route_flags(CLI::App& app, CaptureFlags& flags,
                     cli::ScopedFlags* scoped = nullptr);

/// Adds those of them that limit what pods may take; in the help only when
/// `is_shown`. add_fetch_flags() adds them, too.
void add_limit_flags(CLI::App& app, CaptureFlags& flags,
                     cli::ScopedFlags* scoped = nullptr, bool is_shown = false);

/// Adds --profiles.
void add_kind_flag(CLI::App& app, CaptureFlags& flags);

/// Adds those that say how profiles are kept, save for where.
void add_delivery_flags(CLI::App& app, collect::DeliveryRequest& request,
                        std::string_view patience);

/// The request, of which every flag has been understood and every file read:
/// see complete() of PodFlags. Errors: usage, naming the flag, io, config,
/// malformed.
Result<collect::CaptureRequest> complete(const CaptureFlags& flags,
                                         const Env& env);

}  // namespace kprofefe::cmd
