// SPDX-License-Identifier: MIT
#include "kube/base64.hpp"

#include <array>
#include <cstdint>

namespace kprofefe::kube {
namespace {

constexpr std::uint8_t k_no_digit = 64;

constexpr std::array<std::uint8_t, 256> make_digits() {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(k_no_digit);
  constexpr std::string_view k_alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
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
    for (std::size_t i = 0; i < count; ++i) {
      bytes.push_back(static_cast<char>((bits_ >> (16 - 8 * i)) & 0xff));
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

}  // namespace kprofefe::kube
