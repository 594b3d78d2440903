// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/legacy/parsed.hpp"
#include "pprof/string_table.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::pprof::legacy {

/// What lines of a memory map define (`build=/home/me`) and later ones use
/// (`$build/server`), as Go's strings.Replacer does it for pprof: of several
/// names that fit, the one that was defined first; of a name that is defined
/// twice the first value.
class MapAttributes {
 public:
  /// Takes `name=value`, with blanks around both; nothing else.
  void define(std::string_view line);

  /// `line`, or `storage` with the line and every name replaced in it.
  /// Refusals: too_large, for results and for work that no memory map makes.
  Parsed<std::string_view> replace(std::string_view line, std::string& storage);

 private:
  struct Attribute {
    std::string name;  ///< without `$`
    std::string value;
  };

  [[nodiscard]] const Attribute* find(std::string_view text);

  StringTable names_;
  std::vector<Attribute> attributes_;
  bool has_nameless_ = false;
  std::size_t name_bytes_ = 0;
  std::uint64_t work_ = 0;
};

}  // namespace kprofefe::pprof::legacy
