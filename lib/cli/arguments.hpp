// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::cli {

/// Whether the program was called by the collector's name, `kprofefe`.
bool is_collector(std::string_view called_as);

/// The long flag that a word names, as the parser knows it: without its value,
/// with the dashes that kube-profefe's flags double and the underscores that
/// kubectl and `go tool pprof` take made into its own. Empty: it names none.
std::string long_flag(std::string_view word);

/// Makes of what people type what the parser takes: the collector under its
/// own name, `help COMMAND`, pprof's `text` for `top`, kubectl's `-o=json`,
/// `--flag=` with nothing behind it, and every spelling of long_flag(). The
/// first argument is the program.
void adapt_arguments(std::vector<std::string>& arguments);

}  // namespace kprofefe::cli
