// SPDX-License-Identifier: MIT
#include "flame/frames.hpp"

#include "base/path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

namespace kprofefe::flame {
namespace {

constexpr std::string_view k_unknown = "<unknown>";

/// Longer than any name that somebody wrote: a name stands in a picture as
/// often as its function does, and a small file may hold one of megabytes.
constexpr std::size_t k_longest_name = 4096;

std::string_view shortened(std::string_view name) {
  std::size_t bytes = std::min(name.size(), k_longest_name);
  // Not within a character.
  while (bytes > 0 && bytes < name.size() &&
         (static_cast<unsigned char>(name[bytes]) & 0xc0U) == 0x80) {
    --bytes;
  }
  return name.substr(0, bytes);
}

/// Both with a blank between them, when there are both.
std::string joined(std::string_view left, std::string_view right) {
  const std::string_view blank = left.empty() || right.empty() ? "" : " ";
  return fmt::format("{}{}{}", left, blank, right);
}

std::string place_of(std::string_view file, const pprof::Line& line) {
  if (file.empty() || line.line == 0) {
    return std::string(file);
  }
  return line.column == 0
             ? fmt::format("{}:{}", file, line.line)
             : fmt::format("{}:{}:{}", file, line.line, line.column);
}

std::string address_text(const pprof::Location& location) {
  return location.address == 0 ? "" : fmt::format("{:016x}", location.address);
}

}  // namespace

StackReader::StackReader(const pprof::Profile& profile, Granularity granularity,
                         Frames& frames, Rename rename)
    : profile_(&profile),
      granularity_(granularity),
      frames_(&frames),
      rename_(rename),
      ranges_(profile.locations.size()) {
  frames.file_of.resize(frames.names.size());
}

std::span<const FrameId> StackReader::frames_at(std::uint32_t location) {
  const Range range = range_of(location);
  return std::span(known_).subspan(range.first, range.count);
}

const StackReader::Range& StackReader::range_of(std::uint32_t index) {
  Range& range = ranges_[index];
  if (range.count != 0) {
    return range;
  }
  range.first = static_cast<std::uint32_t>(known_.size());
  const pprof::Location& location = profile_->locations[index];
  const std::span<const pprof::Line> lines = profile_->lines_of(location);
  for (const pprof::Line& line : std::views::reverse(lines)) {
    known_.push_back(frame_of(location, line));
  }
  if (lines.empty()) {
    known_.push_back(unsymbolized(location));
  }
  range.count = static_cast<std::uint32_t>(known_.size()) - range.first;
  return range;
}

FrameId StackReader::frame_of(const pprof::Location& location,
                              const pprof::Line& line) {
  if (line.function == pprof::k_none) {
    return add(k_unknown, "");
  }
  const pprof::Function& function = profile_->functions[line.function];
  std::string_view name = profile_->strings.at(function.name);
  const std::string_view file = profile_->strings.at(function.file);
  if (name.empty()) {
    name = profile_->strings.at(function.system_name);
  }
  switch (granularity_) {
    case Granularity::files:
      return add(file, file);
    case Granularity::functions:
      return add(name, file);
    case Granularity::filefunctions:
      return add(joined(name, file), file);
    case Granularity::lines:
      return add(joined(name, place_of(file, line)), file);
    case Granularity::addresses:
      break;
  }
  return add(joined(address_text(location), joined(name, place_of(file, line))),
             file);
}

FrameId StackReader::unsymbolized(const pprof::Location& location) {
  if (location.mapping == pprof::k_none) {
    return add(k_unknown, "");
  }
  const pprof::Mapping& mapping = profile_->mappings[location.mapping];
  const std::string_view file = profile_->strings.at(mapping.file);
  if (file.empty()) {
    return add(k_unknown, "");
  }
  const std::string name = fmt::format("[{}]", base_name(file));
  return add(granularity_ == Granularity::addresses
                 ? joined(address_text(location), name)
                 : name,
             file);
}

FrameId StackReader::add(std::string_view name, std::string_view file) {
  const std::string_view known = name.empty() ? k_unknown : shortened(name);
  const FrameId frame = rename_ == nullptr ? frames_->names.add(known)
                                           : frames_->names.add(rename_(known));
  if (frame == frames_->file_of.size()) {
    frames_->file_of.push_back(frames_->files.add(file));
  }
  return frame;
}

std::string_view package_of(std::string_view function) {
  // A type parameter may hold the path of another package.
  const std::string_view plain = function.substr(0, function.find('['));
  const std::size_t slash = plain.rfind('/');
  const std::size_t begin = slash == std::string_view::npos ? 0 : slash;
  return plain.substr(0, plain.find_first_of(".:", begin));
}

}  // namespace kprofefe::flame
