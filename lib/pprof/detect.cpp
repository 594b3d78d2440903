// SPDX-License-Identifier: MIT
#include "pprof/detect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace kprofefe::pprof {
namespace {

bool has(const Summary& summary, std::string_view type, std::string_view unit) {
  return std::ranges::any_of(summary.sample_types, [&](const ValueType& value) {
    return value.type == type && value.unit == unit;
  });
}

/// `Unlock` of `sync.(*Mutex).Unlock`.
std::string_view last_name(std::string_view function) {
  return function.substr(function.rfind('.') + 1);
}

/// Where runtime/mprof.go blames a mutex's delay: on who held the lock.
bool lets_go(std::string_view function) {
  const std::string_view name = last_name(function);
  return name == "Unlock" || name == "RUnlock" ||
         name == "_LostContendedRuntimeLock" ||
         (function.starts_with("runtime.unlock"));
}

/// Where it blames a blocking event: on who waited.
bool waits(std::string_view function) {
  constexpr std::array k_waiting = {"Lock", "RLock", "Wait", "lockSlow"};
  constexpr std::array k_runtime = {"runtime.chan", "runtime.select",
                                    "runtime.block", "reflect.chan"};
  return std::ranges::find(k_waiting, last_name(function)) != k_waiting.end() ||
         std::ranges::any_of(k_runtime, [&](std::string_view prefix) {
           return function.starts_with(prefix);
         });
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether `word` is in `text` and no letter is next to it.
bool has_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_letter(text[at - 1])) &&
        (end == text.size() || !is_letter(text[end]))) {
      return true;
    }
  }
  return false;
}

/// Which of two kinds the file's name says; nothing when neither or both.
std::optional<ProfileKind> kind_by_name(std::string_view file_name,
                                        ProfileKind one, ProfileKind other) {
  const std::string_view name = file_name.substr(file_name.rfind('/') + 1);
  for (const ProfileKind kind : {one, other}) {
    if (name.starts_with(fmt::format("profile-{}-", kind_name(kind)))) {
      return kind;
    }
  }
  const bool is_one = has_word(name, kind_name(one));
  if (is_one == has_word(name, kind_name(other))) {
    return std::nullopt;
  }
  return is_one ? one : other;
}

std::optional<ProfileKind> kind_of_contention(const Summary& summary,
                                              std::string_view file_name) {
  const bool mutex = std::ranges::any_of(summary.leaf_functions, lets_go);
  const bool block = std::ranges::any_of(summary.leaf_functions, waits);
  if (mutex == block) {
    return kind_by_name(file_name, ProfileKind::mutex, ProfileKind::block);
  }
  return mutex ? ProfileKind::mutex : ProfileKind::block;
}

ProfileKind kind_of_memory(const Summary& summary, std::string_view file_name) {
  const std::string_view first = summary.default_sample_type;
  if (!has(summary, "inuse_space", "bytes") || first.starts_with("alloc_")) {
    return ProfileKind::allocs;
  }
  if (!first.empty()) {
    return ProfileKind::heap;
  }
  return kind_by_name(file_name, ProfileKind::heap, ProfileKind::allocs)
      .value_or(ProfileKind::heap);
}

}  // namespace

std::optional<ProfileKind> detect_kind(const Summary& summary,
                                       std::string_view file_name) {
  if (summary.content == Content::trace) {
    return ProfileKind::trace;
  }
  if (has(summary, "cpu", "nanoseconds")) {
    return ProfileKind::cpu;
  }
  if (has(summary, "inuse_space", "bytes") ||
      has(summary, "alloc_space", "bytes")) {
    return kind_of_memory(summary, file_name);
  }
  if (has(summary, "contentions", "count") &&
      has(summary, "delay", "nanoseconds")) {
    return kind_of_contention(summary, file_name);
  }
  if (has(summary, "goroutine", "count")) {
    return ProfileKind::goroutine;
  }
  if (has(summary, "threadcreate", "count")) {
    return ProfileKind::threadcreate;
  }
  return std::nullopt;
}

}  // namespace kprofefe::pprof
