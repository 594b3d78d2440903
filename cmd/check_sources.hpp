// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/profile_sources.hpp"

#include "base/result.hpp"

#include <span>
#include <string>

namespace CLI {
class App;
}

namespace kprofefe::cmd {

/// Whether the flags say by themselves what to read: a query or a selection
/// of pods.
bool selects_by_flags(const SourceFlags& flags);

/// That a command which takes another word first, as REGEX, was not given its
/// source in place of it: there is a file of that name, and no source. Errors:
/// usage.
Result<void> check_regex_is_no_source(const SourceFlags& flags,
                                      std::span<const std::string> words,
                                      const std::string& regex);

/// Lets parsing write down which flags were given. After all flags of pods, of
/// fetching and of profefe were added.
void remember_given(CLI::App& app, SourceFlags& flags);

/// All that can be said of sources before anything is read: that words and
/// flags do not both select, and one of them does; that each word of `words`
/// and `base` is a source; that every flag that was given has a meaning for
/// one of them. Errors: usage, not_found.
Result<void> check_sources(const SourceFlags& flags,
                           std::span<const std::string> words,
                           std::span<const std::string> base = {});

}  // namespace kprofefe::cmd
