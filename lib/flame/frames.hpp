// SPDX-License-Identifier: MIT
#pragma once

#include "flame/flame.hpp"
#include "pprof/profile.hpp"
#include "pprof/string_table.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::flame {

/// A frame's number: that of its name.
using FrameId = pprof::StringId;

/// The frames of a picture, each once, of all the profiles that go into it.
struct Frames {
  pprof::StringTable names;  ///< 0, the empty one, is the root
  pprof::StringTable files;
  std::vector<pprof::StringId> file_of;  ///< by FrameId; the first that was met

  [[nodiscard]] std::string_view file(FrameId frame) const {
    return files.at(file_of[frame]);
  }
};

using Rename = std::string (*)(std::string_view name);

/// Reads a profile's stacks as frames. Inlined functions are frames; a
/// location without symbols is named by its mapping: `[libc.so.6]`, as
/// `go tool pprof` does.
class StackReader {
 public:
  /// Both must outlive the reader. `rename` says what frames are called, and
  /// frames of one name are one; null: as the profile calls them.
  StackReader(const pprof::Profile& profile, Granularity granularity,
              Frames& frames, Rename rename = nullptr);

  /// The location's frames, the outermost first, one at least; valid until the
  /// next call.
  std::span<const FrameId> frames_at(std::uint32_t location);

 private:
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;  ///< 0: not yet read
  };

  const Range& range_of(std::uint32_t index);
  FrameId frame_of(const pprof::Location& location, const pprof::Line& line);
  FrameId unsymbolized(const pprof::Location& location);
  FrameId add(std::string_view name, std::string_view file);

  const pprof::Profile* profile_;
  Granularity granularity_;
  Frames* frames_;
  Rename rename_;
  std::vector<Range> ranges_;   // by location, into known_
  std::vector<FrameId> known_;  // of a location, the outermost first
};

/// The Go package of a function, `net/http` of `net/http.(*conn).serve`; for
/// other languages whatever stands before the first dot or colon.
std::string_view package_of(std::string_view function);

}  // namespace kprofefe::flame
