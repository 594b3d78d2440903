// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "pprof/profile.hpp"
#include "source/loader.hpp"

#include <string>
#include <string_view>

namespace kprofefe::source {

// What was captured from live pods to be looked at, which a second look should
// not have to capture again: the newest 50, in state_folder().

/// Saves it under the time, its type and `name`, and removes what is too much;
/// the path, empty where there is no home folder. Errors: io.
Result<std::string> save_capture(const pprof::Profile& profile,
                                 std::string_view type, std::string_view name,
                                 const Env& env);

/// The same, under the name of the pod, or how many there are.
Result<std::string> save_capture(const LoadedProfile& loaded,
                                 std::string_view type, const Env& env);

/// Whether `word` names what was saved: `@last` or `@last~...`.
bool names_capture(std::string_view word);

/// The path of the newest for `@last`, of the one before it for `@last~1`.
/// Errors: usage, not_found.
Result<std::string> find_capture(std::string_view word, const Env& env);

}  // namespace kprofefe::source
