// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::cmd {

/// Whether the program was called by the collector's name, `kprofefe`.
bool is_collector(std::string_view called_as);

/// Makes of what people type what the parser takes: the collector under its
/// own name, `help COMMAND`, kubectl's `-o=json`, `--flag=` with nothing
/// behind it, and kube-profefe's flag with its dashes doubled. The first
/// argument is the program.
void adapt_arguments(std::vector<std::string>& arguments);

/// Arguments are for everybody on the machine to read (ps): writes over the
/// secrets among them, in place. To be called as soon as they are copied.
void hide_secrets(std::span<char*> arguments);

}  // namespace kprofefe::cmd
