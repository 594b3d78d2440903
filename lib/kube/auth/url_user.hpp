// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace kprofefe::kube {

/// Takes `user:password@` out of a URL, where it must not show; yields it
/// without the `@`, empty where there is none.
std::string take_user(std::string& url);

/// What was taken as a header, as Go's http.Client sends it; empty for none.
std::string basic_of_user(std::string_view user);

}  // namespace kprofefe::kube
