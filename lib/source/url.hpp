// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "session/session.hpp"
#include "source/loader.hpp"

#include <string>

namespace kprofefe::source {

/// Adds what a GET of the URL answers, its redirects within the server
/// followed. Errors: those of http::Client::send(), not_found, http_status, and
/// as Loader::add(). Both pointers must outlive the task.
async::Task<Result<void>> load_url(const Session* session, std::string url,
                                   Loader* loader);

}  // namespace kprofefe::source
