// SPDX-License-Identifier: MIT
#pragma once

namespace kprofefe {

/// What a process does first of all: standard streams that are closed are
/// occupied, as many files may be open as the system allows, SIGPIPE is an
/// error of the write, no core file shows secrets, and large blocks of memory
/// go back to the system when they are free.
void set_up_process();

}  // namespace kprofefe
