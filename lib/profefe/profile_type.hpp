// SPDX-License-Identifier: MIT
#pragma once

#include "profefe/labels.hpp"

#include <string>
#include <string_view>

namespace kprofefe::profefe {

/// profefe's name for a profile of any other type than its own.
inline constexpr std::string_view k_other = "other";

/// What profefe files a profile under: one of its own types, and labels.
struct StoredType {
  std::string type;
  Labels labels;

  bool operator==(const StoredType&) const = default;
};

/// Whether that is one of the types that a profefe server stores.
bool is_stored_type(std::string_view name);

/// Under which type and labels a profile of the type `name` is stored, and
/// with which it is asked for. profefe's own types (cpu, heap, block, mutex,
/// goroutine, threadcreate, other, trace) are themselves. Any other name,
/// `allocs` first of all, is `other` with the label profile_type=<name>:
/// profefe refuses types it does not know, and under `heap`, whose sample
/// types allocs shares, its merges would count every allocation twice. The
/// empty name asks for every type.
StoredType stored_type(std::string_view name);

/// The name that stored_type() turns into `type` and `labels`.
std::string type_name(std::string_view type, const Labels& labels);

}  // namespace kprofefe::profefe
