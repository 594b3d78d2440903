// SPDX-License-Identifier: MIT
#include "base/base64.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace kprofefe {
namespace {

constexpr std::uint8_t k_no_digit = 64;

constexpr std::string_view k_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::uint8_t, 256> make_digits() {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(k_no_digit);
  for (std::size_t i = 0; i < k_alphabet.size(); ++i) {
    digits.at(static_cast<unsigned char>(k_alphabet[i])) =
        static_cast<std::uint8_t>(i);
  }
  return digits;
}

constexpr std::array<std::uint8_t, 256> k_digits = make_digits();

/// Digits come in groups of four, each group three bytes; the last may lack
/// one or two bytes, with `=` in their digits' place.
class Decoder {
 public:
  bool add(char c) {
    if (c == '\n' || c == '\r') {
      return true;
    }
    if (c == '=') {
      ++padding_;
      return true;
    }
    const std::uint8_t digit = k_digits.at(static_cast<unsigned char>(c));
    if (digit == k_no_digit || padding_ > 0) {
      return false;
    }
    bits_ = (bits_ << 6) | digit;
    if (++count_ % 4 == 0) {
      emit(3);
    }
    return true;
  }

  bool finish() {
    const std::size_t rest = count_ % 4;
    if (rest == 0) {
      return padding_ == 0;
    }
    if (rest == 1 || rest + padding_ != 4) {
      return false;
    }
    bits_ <<= 6 * (4 - rest);
    emit(rest - 1);
    return true;
  }

  std::string bytes;

 private:
  void emit(std::size_t count) {
    for (; count > 0; --count) {
      bytes.push_back(static_cast<char>((bits_ >> 16) & 0xff));
      bits_ <<= 8;
    }
    bits_ = 0;
  }

  std::uint32_t bits_ = 0;
  std::size_t count_ = 0;
  std::size_t padding_ = 0;
};

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  Decoder decoder;
  decoder.bytes.reserve(text.size() / 4 * 3);
  for (const char c : text) {
    if (!decoder.add(c)) {
      return std::nullopt;
    }
  }
  if (!decoder.finish()) {
    return std::nullopt;
  }
  return std::move(decoder.bytes);
}

std::optional<std::string> decode_base64_url(std::string_view text) {
  std::string standard(text);
  std::ranges::replace(standard, '-', '+');
  std::ranges::replace(standard, '_', '/');
  standard.append((4 - standard.size() % 4) % 4, '=');
  return decode_base64(standard);
}

std::string encode_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (; !bytes.empty();
       bytes.remove_prefix(std::min<std::size_t>(3, bytes.size()))) {
    const std::string_view group = bytes.substr(0, 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = (bits << 8) |
             (i < group.size() ? static_cast<unsigned char>(group[i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text +=
          i <= group.size() ? k_alphabet[(bits >> (18 - 6 * i)) & 0x3f] : '=';
    }
  }
  return text;
}

}  // namespace kprofefe
