// SPDX-License-Identifier: MIT
#pragma once

#include "flame/tree.hpp"
#include "pprof/measurement.hpp"
#include "pprof/profile.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::flame {

/// Says what the values of a picture mean.
class Words {
 public:
  /// For one sample type; `profile` must outlive it.
  Words(const Tree& tree, const pprof::Profile& profile, std::size_t type,
        const Options& options);

  /// `cpu`
  [[nodiscard]] std::string_view type() const { return type_; }

  /// `1.20s`; of a unit that nobody knows `1,200 widgets`, and counts have
  /// none.
  [[nodiscard]] std::string value(std::int64_t value) const;

  /// As a whole number without its unit: that of the options when they name
  /// one, else the profile's.
  [[nodiscard]] std::int64_t number(std::int64_t value) const;

  /// `12.5%` of the whole.
  [[nodiscard]] std::string share(std::int64_t value) const;

  /// `1.20s (12.5%)`
  [[nodiscard]] std::string both(std::int64_t value) const;

  /// `1.20s, was 1s (+20.0%)`
  [[nodiscard]] std::string change(std::int64_t base, std::int64_t value) const;

  /// What values are a share of.
  [[nodiscard]] std::int64_t whole() const { return whole_; }

  /// Of what the picture shows.
  [[nodiscard]] std::int64_t total() const { return total_; }

  [[nodiscard]] std::int64_t base_total() const { return base_total_; }

  /// What they are multiplied by before they are written.
  [[nodiscard]] double ratio() const { return ratio_; }

  /// How value() writes them; none when it does not know the unit.
  [[nodiscard]] std::optional<pprof::UnitScale> scale() const {
    return pprof::unit_scale(unit_, to_);
  }

  /// What value() writes behind a number when there is no scale().
  [[nodiscard]] std::string_view plain_unit() const {
    return unit_ == "count" ? "" : unit_;
  }

 private:
  [[nodiscard]] std::int64_t divided(std::int64_t value) const;

  std::string_view type_;
  std::string_view unit_;
  std::string to_;  // as pprof::convert() takes it
  double ratio_;
  bool is_unit_named_;
  std::int64_t whole_;
  std::int64_t total_;
  std::int64_t base_total_ = 0;
};

}  // namespace kprofefe::flame
