// SPDX-License-Identifier: MIT
#pragma once

#include "support/profile_builder.hpp"

#include <string>

namespace kprofefe::test {

/// A message that uses every field of profile.proto, ids out of order, labels
/// of both kinds and numbers both packed and alone. Its strings are
/// "", samples, count, cpu, nanoseconds, main.leaf, main.leaf.sys, leaf.go,
/// main.main, main.go, /bin/prog, abc123, [vdso], color, red, bytes, size,
/// kilobytes, runtime.*, main.*, a comment, another, https://doc.
inline std::string full_profile_message() {
  const auto message = [] { return MessageBuilder(); };
  const auto kind = [&](std::uint64_t type, std::uint64_t unit) {
    return message().number(1, type).number(2, unit).str();
  };
  const auto line = [&](std::uint64_t function, std::uint64_t number,
                        std::uint64_t column) {
    return message().number(1, function).number(2, number).number(3, column);
  };
  MessageBuilder out;
  out.bytes(1, kind(1, 2)).bytes(1, kind(3, 4));
  out.bytes(
      2,
      message()
          .packed(1, {900, 7})
          .packed(2, {3, 30'000'000})
          .bytes(3, message().number(1, 16).number(3, 64).number(4, 17).str())
          .bytes(3, message().number(1, 16).number(3, 1).str())
          .bytes(3, message().number(1, 13).number(2, 14).str())
          .str());
  out.bytes(2, message().number(1, 7).number(2, 1).number(2, ~0ULL).str());
  out.bytes(3, message()
                   .number(1, 5)
                   .number(2, 0x400000)
                   .number(3, 0x800000)
                   .number(4, 0x1000)
                   .number(5, 10)
                   .number(6, 11)
                   .number(7, 1)
                   .number(8, 1)
                   .number(9, 1)
                   .number(10, 1)
                   .str());
  out.bytes(3,
            message().number(1, 2).number(2, 0x7fff0000).number(5, 12).str());
  out.bytes(4, message()
                   .number(1, 900)
                   .number(2, 5)
                   .number(3, 0x400123)
                   .bytes(4, line(11, 12, 3).str())
                   .bytes(4, line(3, 44, 5).str())
                   .number(5, 1)
                   .str());
  out.bytes(4, message().number(1, 7).number(2, 2).number(3, 0x7fff0010).str());
  out.bytes(5, message()
                   .number(1, 11)
                   .number(2, 5)
                   .number(3, 6)
                   .number(4, 7)
                   .number(5, 10)
                   .str());
  out.bytes(5, message()
                   .number(1, 3)
                   .number(2, 8)
                   .number(3, 8)
                   .number(4, 9)
                   .number(5, 40)
                   .str());
  for (const char* text :
       {"",          "samples",       "count",      "cpu",       "nanoseconds",
        "main.leaf", "main.leaf.sys", "leaf.go",    "main.main", "main.go",
        "/bin/prog", "abc123",        "[vdso]",     "color",     "red",
        "bytes",     "size",          "kilobytes",  "runtime.*", "main.*",
        "a comment", "another",       "https://doc"}) {
    out.bytes(6, text);
  }
  out.number(7, 18).number(8, 19).number(9, 1'700'000'000'000'000'000);
  out.number(10, 30'000'000'000).bytes(11, kind(3, 4)).number(12, 10'000'000);
  out.packed(13, {20, 21}).number(14, 3).number(15, 22);
  return out.str();
}

}  // namespace kprofefe::test
