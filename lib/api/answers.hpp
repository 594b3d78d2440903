// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "server/message.hpp"
#include "store/stored_profile.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

// The forms of profefe's answers: `{"code":200,"body":...}`,
// `{"code":404,"error":"..."}`, or the bytes of a profile.

namespace kprofefe::api {

server::Response profile_answer(const store::StoredProfile& profile);
server::Response list_answer(std::span<const store::StoredProfile> profiles);
server::Response services_answer(const std::vector<std::string>& services);
server::Response version_answer();

/// A file that is called `name`.
server::Response file_answer(std::string bytes, std::string_view name);

server::Response error_answer(int status, std::string_view text);

/// `nothing found`, as profefe has it for whatever is not there.
server::Response nothing_found();

/// What a client did wrong (usage, malformed), did not find (not_found), may
/// not do (denied), or what is wrong with us.
server::Response error_answer(const Error& error);

}  // namespace kprofefe::api
