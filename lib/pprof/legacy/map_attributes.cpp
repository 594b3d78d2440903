// SPDX-License-Identifier: MIT
#include "pprof/legacy/map_attributes.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace kprofefe::pprof::legacy {
namespace {

constexpr std::size_t k_max_line_bytes = std::size_t{1} << 20;
/// Compared bytes, for a whole memory map: a fraction of a second.
constexpr std::uint64_t k_max_work = std::uint64_t{1} << 28;

}  // namespace

void MapAttributes::define(std::string_view line) {
  const auto equals = line.find('=');
  if (equals == std::string_view::npos) {
    return;
  }
  const std::string_view name = trim(line.substr(0, equals));
  const std::size_t known = names_.size();
  names_.add(name);
  // The table has the empty name from the start.
  const bool is_new = name.empty() ? !has_nameless_ : names_.size() > known;
  has_nameless_ |= name.empty();
  if (is_new) {
    attributes_.push_back(
        {.name = std::string(name),
         .value = std::string(trim(line.substr(equals + 1)))});
    name_bytes_ += name.size() + 1;
  }
}

Parsed<std::string_view> MapAttributes::replace(std::string_view line,
                                                std::string& storage) {
  if (attributes_.empty() || line.find('$') == std::string_view::npos) {
    return line;
  }
  storage.clear();
  for (std::size_t at = 0; at < line.size();) {
    const Attribute* attribute =
        line[at] == '$' ? find(line.substr(at + 1)) : nullptr;
    if (attribute == nullptr) {
      storage += line[at++];
    } else {
      storage += attribute->value;
      at += 1 + attribute->name.size();
    }
    if (storage.size() > k_max_line_bytes || work_ > k_max_work) {
      return oversized("too much to replace in the memory map");
    }
  }
  // What lines become may be kept: all of them together are limited, too.
  work_ += storage.size();
  return storage;
}

const MapAttributes::Attribute* MapAttributes::find(std::string_view text) {
  work_ += name_bytes_;
  const auto found =
      std::ranges::find_if(attributes_, [&](const Attribute& attribute) {
        return text.starts_with(attribute.name);
      });
  return found == attributes_.end() ? nullptr : &*found;
}

}  // namespace kprofefe::pprof::legacy
