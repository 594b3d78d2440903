// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace kprofefe::flame {

/// A file of lib/flame/page, which the build wrote into the program.
struct PagePart {
  std::string_view text;
  std::string_view sha256;  ///< of `text`, in hexadecimal digits
};

extern const PagePart k_page_html;
extern const PagePart k_page_css;
extern const PagePart k_page_js;

}  // namespace kprofefe::flame
