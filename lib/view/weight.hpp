// SPDX-License-Identifier: MIT
#pragma once

#include "base/arithmetic.hpp"

#include <cstdint>

namespace kprofefe::view {

/// A sum of sample values, and what it is divided by for a mean.
struct Weight {
  std::int64_t sum = 0;
  std::int64_t divisor = 0;

  [[nodiscard]] bool is_zero() const { return sum == 0 && divisor == 0; }

  [[nodiscard]] std::int64_t value() const {
    return divisor == 0 ? sum : quotient(sum, divisor);
  }

  Weight& operator+=(const Weight& other) {
    sum = sum_of(sum, other.sum);
    divisor = sum_of(divisor, other.divisor);
    return *this;
  }
};

}  // namespace kprofefe::view
