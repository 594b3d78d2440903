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

std::span<const FrameId> StackReader::stack_of(const pprof::Sample& sample) {
  stack_.clear();
  const std::span<const std::uint32_t> locations = profile_->frames_of(sample);
  for (const std::uint32_t location : std::views::reverse(locations)) {
    const Range range = range_of(location);
    const auto frames = std::span(known_).subspan(range.first, range.count);
    stack_.insert(stack_.end(), frames.begin(), frames.end());
  }
  return stack_;
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
    known_.push_back(frame_of(line));
  }
  if (lines.empty()) {
    known_.push_back(unsymbolized(location));
  }
  range.count = static_cast<std::uint32_t>(known_.size()) - range.first;
  return range;
}

FrameId StackReader::frame_of(const pprof::Line& line) {
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
    case Granularity::lines:
      return add(file.empty() ? std::string(name)
                              : fmt::format("{} {}:{}", name, file, line.line),
                 file);
    case Granularity::functions:
      break;
  }
  return add(name, file);
}

FrameId StackReader::unsymbolized(const pprof::Location& location) {
  if (location.mapping == pprof::k_none) {
    return add(k_unknown, "");
  }
  const pprof::Mapping& mapping = profile_->mappings[location.mapping];
  const std::string_view file = profile_->strings.at(mapping.file);
  return file.empty() ? add(k_unknown, "")
                      : add(fmt::format("[{}]", base_name(file)), file);
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
