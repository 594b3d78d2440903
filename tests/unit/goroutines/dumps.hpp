// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"
#include "goroutines/groups.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::test {

/// The text of a file in the folder `data` beside this.
inline std::string real_dump(const std::string& name) {
  Result<std::string> text = read_file(std::string(PROFEFE_DUMPS) + "/" + name);
  if (!text) {
    throw std::runtime_error(text.error().message);
  }
  return *std::move(text);
}

/// Adds a dump, in pieces of so many bytes.
inline void add_dump(goroutines::Groups& groups, std::string_view text,
                     goroutines::Source source = {.name = "dump"},
                     std::size_t piece = 4096) {
  goroutines::DumpReader reader(&groups, std::move(source));
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    reader.feed(text.substr(0, piece));
  }
  reader.finish();
}

/// One that waits in main.wait(), which `creator` started.
inline std::string waiting(int id, std::string_view attributes,
                           std::string_view creator = "main.start") {
  return "goroutine " + std::to_string(id) + " [" + std::string(attributes) +
         "]:\nmain.wait(0x1, {0x2, ...})\n\t/src/wait.go:12 +0x1d\ncreated "
         "by " +
         std::string(creator) + " in goroutine 1\n\t/src/main.go:7 +0x2f\n\n";
}

}  // namespace kprofefe::test
