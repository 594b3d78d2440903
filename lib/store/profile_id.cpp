// SPDX-License-Identifier: MIT
#include "store/profile_id.hpp"

#include <array>
#include <cstddef>

namespace kprofefe::store {
namespace {

constexpr std::string_view k_alphabet = "0123456789abcdefghijklmnopqrstuv";
constexpr std::size_t k_bytes = 12;
constexpr std::size_t k_characters = 20;
/// The last character has one bit of the id, and the others are 0.
constexpr unsigned k_spare_bits = k_characters * 5 - k_bytes * 8;

/// Big-endian, so that ids sort by window, as text too.
std::array<std::uint8_t, k_bytes> bytes_of(const ProfileId& id) {
  std::array<std::uint8_t, k_bytes> bytes{};
  for (std::size_t i = 0; i < 4; ++i) {
    bytes[i] = static_cast<std::uint8_t>(id.window >> (24 - 8 * i));
  }
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[4 + i] = static_cast<std::uint8_t>(id.digest >> (56 - 8 * i));
  }
  return bytes;
}

ProfileId id_of(const std::array<std::uint8_t, k_bytes>& bytes) {
  ProfileId id;
  for (std::size_t i = 0; i < 4; ++i) {
    id.window = id.window << 8 | bytes[i];
  }
  for (std::size_t i = 4; i < k_bytes; ++i) {
    id.digest = id.digest << 8 | bytes[i];
  }
  return id;
}

}  // namespace

std::string format_id(const ProfileId& id) {
  std::string text;
  text.reserve(k_characters);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const std::uint8_t byte : bytes_of(id)) {
    bits = bits << 8 | byte;
    for (count += 8; count >= 5; count -= 5) {
      text += k_alphabet[bits >> (count - 5) & 31U];
    }
  }
  text += k_alphabet[bits << k_spare_bits & 31U];
  return text;
}

std::optional<ProfileId> parse_id(std::string_view text) {
  if (text.size() != k_characters) {
    return std::nullopt;
  }
  std::array<std::uint8_t, k_bytes> bytes{};
  std::uint32_t bits = 0;
  unsigned count = 0;
  std::size_t done = 0;
  for (const char character : text) {
    const std::size_t value = k_alphabet.find(character);
    if (value == std::string_view::npos) {
      return std::nullopt;
    }
    bits = bits << 5 | static_cast<std::uint32_t>(value);
    count += 5;
    if (count >= 8) {
      count -= 8;
      bytes[done++] = static_cast<std::uint8_t>(bits >> count);
    }
  }
  const bool is_canonical = (bits & ((1U << k_spare_bits) - 1)) == 0;
  return is_canonical ? std::optional(id_of(bytes)) : std::nullopt;
}

}  // namespace kprofefe::store
