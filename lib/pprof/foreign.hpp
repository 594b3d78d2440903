// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace kprofefe::pprof {

/// Whether `head` is the start of a Go runtime trace: `go 1.N trace`, filled
/// up with zeros to 16 bytes (internal/trace's header).
bool is_trace(std::string_view head);

/// What foreign_format() calls a picture of a profile: programs that draw one
/// for browsers send a profile to who asks for it.
inline constexpr std::string_view k_svg_image = "an SVG image";

/// What something that begins with `head` is when it is no pprof profile, in
/// words that go into a message after "not a profile but": `an HTML page: 502
/// Bad Gateway`, `text: 404 page not found`, `a heap profile in Go's text
/// format (debug=1)`, `gzip`. Empty when it may be one, which allocates
/// nothing. A couple of KB are enough to tell.
std::string foreign_format(std::string_view head);

}  // namespace kprofefe::pprof
