// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "session/session.hpp"
#include "source/loader.hpp"

#include <string>

namespace kprofefe::source {

/// What a GET of the URL answers, its redirects within the server followed.
/// Errors: those of http::Client::send(), not_found, http_status. `session`
/// must outlive the task.
async::Task<Result<std::string>> fetch_url(const Session* session,
                                           std::string url);

/// Adds what fetch_url() yields. Errors: as fetch_url(), Loader::add(). Both
/// pointers must outlive the task.
async::Task<Result<void>> load_url(const Session* session, std::string url,
                                   Loader* loader);

}  // namespace kprofefe::source
