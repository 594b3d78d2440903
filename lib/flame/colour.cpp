// SPDX-License-Identifier: MIT
#include "flame/colour.hpp"

#include "flame/frames.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kprofefe::flame {
namespace {

/// A colour whose lightness is what the eye sees (Björn Ottosson's Oklab, in
/// polar coordinates), unlike HSL's, so that text is readable on every hue.
struct Oklch {
  double lightness = 0;
  double chroma = 0;
  double hue = 0;  ///< degrees
};

unsigned srgb_byte(double linear) {
  const double light = std::clamp(linear, 0.0, 1.0);
  const double encoded = light <= 0.0031308
                             ? 12.92 * light
                             : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
  return static_cast<unsigned>(std::lround(encoded * 255));
}

std::string hex(const Oklch& colour) {
  const double angle = colour.hue * std::numbers::pi / 180;
  const double a = colour.chroma * std::cos(angle);
  const double b = colour.chroma * std::sin(angle);
  const auto cubed = [](double x) { return x * x * x; };
  const double l =
      cubed(colour.lightness + 0.3963377774 * a + 0.2158037573 * b);
  const double m =
      cubed(colour.lightness - 0.1055613458 * a - 0.0638541728 * b);
  const double s =
      cubed(colour.lightness - 0.0894841775 * a - 1.2914855480 * b);
  return fmt::format(
      "#{:02x}{:02x}{:02x}",
      srgb_byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
      srgb_byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
      srgb_byte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

/// FNV-1a; its result must never change, or pictures change their colours.
std::uint32_t hash(std::string_view text) {
  std::uint32_t sum = 2166136261;
  for (const char c : text) {
    sum = (sum ^ static_cast<unsigned char>(c)) * 16777619;
  }
  return sum;
}

bool is_runtime(std::string_view package) {
  return package == "runtime" || package.starts_with("runtime/") ||
         package.starts_with("internal/runtime/");
}

}  // namespace

std::string package_colour(std::string_view function) {
  const std::string_view package = package_of(function);
  const double lightness = 0.84 + (hash(function) % 5) * 0.012;
  return hex({lightness, is_runtime(package) ? 0.012 : 0.075,
              static_cast<double>(hash(package) % 24 * 15)});
}

std::string change_colour(std::int64_t base, std::int64_t value) {
  const auto before = static_cast<double>(base);
  const auto after = static_cast<double>(value);
  const double larger = std::max(std::abs(before), std::abs(after));
  const double part =
      larger == 0 ? 0 : std::clamp((after - before) / larger, -1.0, 1.0);
  return hex({0.90 - 0.14 * std::abs(part), 0.13 * std::abs(part),
              part > 0 ? 28.0 : 250.0});
}

}  // namespace kprofefe::flame
