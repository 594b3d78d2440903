// SPDX-License-Identifier: MIT
#pragma once

#include <span>

namespace kprofefe::cli {

/// Arguments are for everybody on the machine to read (ps): writes over the
/// secrets among them, in place, in every spelling that the parser takes:
/// tokens, passwords and headers, and users and passwords in URLs, also in
/// those without a scheme. To be called as soon as they are copied.
void hide_secrets(std::span<char*> arguments);

}  // namespace kprofefe::cli
