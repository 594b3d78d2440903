// SPDX-License-Identifier: MIT
#include "base/text_file.hpp"

#include "base/file.hpp"
#include "base/utf8.hpp"

#include <cstdint>
#include <string_view>
#include <utility>

namespace kprofefe {
namespace {

constexpr std::string_view k_utf8_mark = "\xef\xbb\xbf";
constexpr std::string_view k_little_endian_mark = "\xff\xfe";
constexpr std::string_view k_big_endian_mark = "\xfe\xff";

enum class ByteOrder : std::uint8_t { little, big };

/// Takes UTF-16 unit by unit. Half a unit at the end is no character.
class Utf16 {
 public:
  Utf16(std::string_view bytes, ByteOrder order)
      : bytes_(bytes), order_(order) {}

  [[nodiscard]] bool empty() const { return bytes_.empty(); }

  char32_t next_character() {
    const char32_t first = next_unit();
    if (!is_in(first, k_high)) {
      return is_in(first, k_low) ? k_replacement_character : first;
    }
    const Utf16 before = *this;
    const char32_t second = empty() ? 0 : next_unit();
    if (!is_in(second, k_low)) {
      *this = before;
      return k_replacement_character;
    }
    return 0x10000 + ((first - k_high) << 10U) + (second - k_low);
  }

 private:
  static constexpr char32_t k_high = 0xd800;  ///< surrogates, 1024 of each
  static constexpr char32_t k_low = 0xdc00;

  static bool is_in(char32_t unit, char32_t surrogates) {
    return unit >= surrogates && unit < surrogates + 0x400;
  }

  char32_t next_unit() {
    if (bytes_.size() == 1) {
      bytes_ = {};
      return k_replacement_character;
    }
    const auto first = static_cast<unsigned char>(bytes_[0]);
    const auto second = static_cast<unsigned char>(bytes_[1]);
    bytes_.remove_prefix(2);
    return order_ == ByteOrder::little ? (char32_t{second} << 8U) | first
                                       : (char32_t{first} << 8U) | second;
  }

  std::string_view bytes_;
  ByteOrder order_;
};

std::string from_utf16(std::string_view bytes, ByteOrder order) {
  std::string text;
  text.reserve(bytes.size() / 2);
  for (Utf16 units(bytes, order); !units.empty();) {
    append_utf8(text, units.next_character());
  }
  return text;
}

}  // namespace

std::string decode_text(std::string bytes) {
  if (bytes.starts_with(k_utf8_mark)) {
    bytes.erase(0, k_utf8_mark.size());
    return bytes;
  }
  const std::string_view text = bytes;
  if (text.starts_with(k_little_endian_mark)) {
    return from_utf16(text.substr(2), ByteOrder::little);
  }
  if (text.starts_with(k_big_endian_mark)) {
    return from_utf16(text.substr(2), ByteOrder::big);
  }
  return bytes;
}

Result<std::string> read_text_file(const std::string& path,
                                   std::size_t max_bytes) {
  TRY_ASSIGN(std::string bytes, read_file(path, max_bytes));
  return decode_text(std::move(bytes));
}

}  // namespace kprofefe
