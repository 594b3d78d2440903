// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

namespace kprofefe::web {

/// A file of the page, which the build wrote into the program.
struct Asset {
  std::string_view path;   ///< `/assets/app.js`; `/ui/` is the page itself
  std::string_view type;   ///< of its Content-Type
  std::string_view bytes;  ///< compressed: needs `Content-Encoding: gzip`
};

/// All there are; a handful.
std::span<const Asset> assets();

}  // namespace kprofefe::web
