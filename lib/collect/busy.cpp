// SPDX-License-Identifier: MIT
#include "collect/busy.hpp"

#include "base/free_text.hpp"
#include "http/retry.hpp"
#include "http/status_words.hpp"

#include <algorithm>
#include <array>

namespace kprofefe::collect {
namespace {

using namespace std::string_view_literals;

constexpr int k_unauthorized = 401;
constexpr int k_forbidden = 403;
constexpr int k_not_found = 404;
constexpr int k_conflict = 409;
constexpr int k_locked = 423;
constexpr int k_too_many_requests = 429;
constexpr int k_unavailable = 503;

/// What says that somebody is at it, of whatever it is.
constexpr std::array k_at_it = {
    "already in use"sv,    "already enabled"sv,   "already running"sv,
    "already started"sv,   "already active"sv,    "already in progress"sv,
    "already being"sv,     "already executing"sv, "already taken"sv,
    "already profiling"sv, "already tracing"sv,   "already in cpu profiling"sv,
};

/// What says so when it is of a profiler.
constexpr std::array k_occupied = {
    "already"sv,   "another"sv,    "at a time"sv,    "at the same time"sv,
    "busy"sv,      "concurrent"sv, "currently"sv,    "in progress"sv,
    "in use"sv,    "is active"sv,  "is running"sv,   "locked"sv,
    "only one"sv,  "ongoing"sv,    "simultaneous"sv, "too many"sv,
    "try again"sv, "try later"sv,  "retry"sv,        "being taken"sv,
};

constexpr std::array k_of_profiler = {"profil"sv, "pprof"sv,  "trac"sv,
                                      "sampl"sv,  "captur"sv, "cpu"sv};

/// What says the contrary, or is of something else.
constexpr std::array k_otherwise = {
    "disabled"sv,       "not enabled"sv,
    "not running"sv,    "not supported"sv,
    "not started"sv,    "not in use"sv,
    "unsupported"sv,    "not implemented"sv,
    "not allowed to"sv, "address already in use"sv,
};

bool sounds_busy(std::string_view words) {
  if (has_phrase(words, k_otherwise)) {
    return false;
  }
  return has_phrase(words, k_at_it) ||
         (has_phrase(words, k_occupied) && has_phrase(words, k_of_profiler));
}

/// Whether the status alone asks to come back later.
bool asks_to_come_back(const http::Response& response, std::string_view words) {
  switch (response.status) {
    case k_too_many_requests:
      return true;
    case k_conflict:
    case k_locked:
      return http::says_only_a_status(words);
    case k_unavailable:
      return http::retry_after(response).has_value();
    default:
      return false;
  }
}

}  // namespace

bool is_busy(pprof::ProfileKind kind, const http::Response& response,
             std::string_view words) {
  const int status = response.status;
  if (status < 400 || status == k_unauthorized || status == k_forbidden ||
      status == k_not_found) {
    return false;
  }
  return sounds_busy(words) ||
         (pprof::samples_over_time(kind) && asks_to_come_back(response, words));
}

}  // namespace kprofefe::collect
