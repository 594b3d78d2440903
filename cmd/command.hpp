// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/streams.hpp"

#include "base/result.hpp"
#include "view/options.hpp"

#include <array>
#include <functional>
#include <string_view>

namespace CLI {
class App;
}

namespace kprofefe::cmd {

/// The command that the arguments chose, to be run after parsing, so that no
/// exception of the parser crosses our code.
using Chosen = std::function<Result<ExitCode>(const Context&)>;

/// Makes `work` what is chosen when the arguments name the command `app`.
void when_named(CLI::App& app, Chosen& chosen, Chosen work);

/// What `get` can be asked for; each also without its last letter.
inline constexpr std::array<std::string_view, 3> k_gettable = {
    "services", "profiles", "profile-types"};

// Each adds one command with its flags to `app`; when the arguments name it,
// `chosen` becomes the work. Both must live until the work has been done.
void add_capture(CLI::App& app, Chosen& chosen);
void add_collect(CLI::App& app, Chosen& chosen);
void add_targets(CLI::App& app, Chosen& chosen);
void add_get(CLI::App& app, Chosen& chosen);
void add_load(CLI::App& app, Chosen& chosen);
void add_top(CLI::App& app, Chosen& chosen);
void add_diff(CLI::App& app, Chosen& chosen);
void add_merge(CLI::App& app, Chosen& chosen);
void add_goroutines(CLI::App& app, Chosen& chosen);
void add_flame(CLI::App& app, Chosen& chosen);
void add_web(CLI::App& app, Chosen& chosen);
void add_serve(CLI::App& app, Chosen& chosen);
void add_shell(CLI::App& app, Chosen& chosen);
void add_options(CLI::App& app, Chosen& chosen);
void add_version(CLI::App& app, Chosen& chosen);

/// The same for a command that prints that report and nothing else.
void add_report(CLI::App& app, Chosen& chosen, view::ReportKind kind);

}  // namespace kprofefe::cmd
