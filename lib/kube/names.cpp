// SPDX-License-Identifier: MIT
#include "kube/names.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace kprofefe::kube {
namespace {

constexpr std::size_t k_max_label = 63;
constexpr std::size_t k_max_subdomain = 253;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_label_of_any_length(std::string_view name) {
  return !name.empty() && is_letter_or_digit(name.front()) &&
         is_letter_or_digit(name.back()) &&
         std::ranges::all_of(
             name, [](char c) { return c == '-' || is_letter_or_digit(c); });
}

}  // namespace

bool is_dns_label(std::string_view name) {
  return name.size() <= k_max_label && is_label_of_any_length(name);
}

bool is_dns_subdomain(std::string_view name) {
  return name.size() <= k_max_subdomain &&
         std::ranges::all_of(split(name, '.'), is_label_of_any_length);
}

}  // namespace kprofefe::kube
