// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kprofefe::pprof::legacy {

/// How a machine writes its words.
struct WordFormat {
  std::size_t bytes = 8;
  bool is_big_endian = false;
};

/// The words of a binary profile, one after the other.
class Words {
 public:
  /// `bytes` must outlive the words.
  Words(std::string_view bytes, WordFormat format)
      : rest_(bytes), format_(format) {}

  /// 0 where less than a word is left; from then on nothing is.
  std::uint64_t next();

  /// Whether next() found less than a word.
  [[nodiscard]] bool is_cut() const { return is_cut_; }

  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  WordFormat format_;
  bool is_cut_ = false;
};

}  // namespace kprofefe::pprof::legacy
