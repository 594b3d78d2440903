// SPDX-License-Identifier: MIT
#pragma once

#include "support/gzip.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::test {

/// Encodes one protobuf message, field by field, whatever is asked of it: also
/// what no profile may hold.
class MessageBuilder {
 public:
  MessageBuilder& varint(std::uint64_t value) {
    for (; value > 0x7f; value >>= 7) {
      bytes_ += static_cast<char>(value | 0x80U);
    }
    bytes_ += static_cast<char>(value);
    return *this;
  }

  MessageBuilder& number(std::uint32_t field, std::uint64_t value) {
    return varint(std::uint64_t{field} << 3).varint(value);
  }

  MessageBuilder& bytes(std::uint32_t field, std::string_view content) {
    varint(std::uint64_t{field} << 3 | 2).varint(content.size());
    bytes_ += content;
    return *this;
  }

  MessageBuilder& packed(std::uint32_t field,
                         const std::vector<std::uint64_t>& numbers) {
    MessageBuilder content;
    std::ranges::for_each(numbers,
                          [&](std::uint64_t value) { content.varint(value); });
    return bytes(field, content.str());
  }

  [[nodiscard]] const std::string& str() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Makes profiles in code. Functions, locations and strings are numbered as
/// they come; every function has one location.
class ProfileBuilder {
 public:
  ProfileBuilder() { string(""); }

  /// A profile without samples, its types as Go writes them for `kind`: cpu,
  /// heap, allocs, block, mutex; anything else is `<kind>/count`.
  static ProfileBuilder go(std::string_view kind) {
    ProfileBuilder profile;
    if (kind == "cpu") {
      profile.sample_type("samples", "count").sample_type("cpu", "nanoseconds");
      profile.period_type("cpu", "nanoseconds", 10'000'000);
    } else if (kind == "heap" || kind == "allocs") {
      profile.sample_type("alloc_objects", "count")
          .sample_type("alloc_space", "bytes")
          .sample_type("inuse_objects", "count")
          .sample_type("inuse_space", "bytes")
          .period_type("space", "bytes", 524'288);
      if (kind == "allocs") {
        profile.default_sample_type("alloc_space");
      }
    } else if (kind == "block" || kind == "mutex") {
      profile.sample_type("contentions", "count")
          .sample_type("delay", "nanoseconds")
          .period_type("contentions", "count", 1);
    } else {
      profile.sample_type(kind, "count").period_type(kind, "count", 1);
    }
    return profile;
  }

  ProfileBuilder& sample_type(std::string_view type, std::string_view unit) {
    sample_types_.bytes(1, value_type(type, unit));
    return *this;
  }

  ProfileBuilder& period_type(std::string_view type, std::string_view unit,
                              std::uint64_t period) {
    tail_.bytes(11, value_type(type, unit)).number(12, period);
    return *this;
  }

  ProfileBuilder& default_sample_type(std::string_view type) {
    tail_.number(14, string(type));
    return *this;
  }

  ProfileBuilder& taken(std::uint64_t time_nanos,
                        std::uint64_t duration_nanos) {
    tail_.number(9, time_nanos).number(10, duration_nanos);
    return *this;
  }

  ProfileBuilder& comment(std::string_view text) {
    tail_.packed(13, {string(text)});
    return *this;
  }

  /// A sample; `stack` names functions, the leaf first.
  ProfileBuilder& sample(const std::vector<std::uint64_t>& values,
                         const std::vector<std::string>& stack) {
    std::vector<std::uint64_t> locations;
    locations.reserve(stack.size());
    for (const std::string& name : stack) {
      locations.push_back(location(name));
    }
    MessageBuilder sample;
    sample.packed(1, locations).packed(2, values);
    samples_.bytes(2, sample.str());
    return *this;
  }

  /// profile.proto's bytes, in the order in which pprof writes the fields.
  [[nodiscard]] std::string raw() const {
    MessageBuilder table;
    std::ranges::for_each(
        strings_, [&](const std::string& text) { table.bytes(6, text); });
    return sample_types_.str() + samples_.str() + locations_.str() +
           functions_.str() + table.str() + tail_.str();
  }

  /// The same as a pod sends it.
  [[nodiscard]] std::string gzip(int level = 1) const {
    return test::gzip(raw(), level);
  }

 private:
  std::uint64_t string(std::string_view text) {
    const auto found = std::ranges::find(strings_, text);
    const auto index = static_cast<std::uint64_t>(found - strings_.begin());
    if (found == strings_.end()) {
      strings_.emplace_back(text);
    }
    return index;
  }

  std::string value_type(std::string_view type, std::string_view unit) {
    MessageBuilder message;
    const std::uint64_t type_index = string(type);
    return message.number(1, type_index).number(2, string(unit)).str();
  }

  std::uint64_t location(std::string_view function) {
    const auto found = std::ranges::find(names_, function);
    const auto id = static_cast<std::uint64_t>(found - names_.begin()) + 1;
    if (found == names_.end()) {
      names_.emplace_back(function);
      MessageBuilder message;
      functions_.bytes(5,
                       message.number(1, id).number(2, string(function)).str());
      MessageBuilder line;
      line.number(1, id).number(2, 42);
      MessageBuilder place;
      place.number(1, id).number(3, 0x400000 + id).bytes(4, line.str());
      locations_.bytes(4, place.str());
    }
    return id;
  }

  std::vector<std::string> strings_;
  std::vector<std::string> names_;
  MessageBuilder sample_types_;
  MessageBuilder samples_;
  MessageBuilder locations_;
  MessageBuilder functions_;
  MessageBuilder tail_;
};

}  // namespace kprofefe::test
