// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct libdeflate_decompressor;

namespace kprofefe::pprof {

/// Decompresses one sound gzip member at once, in a third of the time that
/// BodyReader takes for it piece by piece. Nothing for anything else: damaged,
/// several members, bytes behind the end, more than there is room for, a header
/// with a checksum. BodyReader takes what there is of these and says what is
/// wrong.
class Gunzip {
 public:
  Gunzip();

  /// What `body` says at its end that it becomes; nothing when it is too short
  /// to be gzip, or says more than deflate can do.
  static std::optional<std::uint64_t> announced_bytes(std::string_view body);

  /// Fills `room`, which is as large as `body` announces. Allocates nothing.
  bool fill(std::span<char> room, std::string_view body);

 private:
  struct Free {
    void operator()(libdeflate_decompressor* decompressor) const;
  };

  std::unique_ptr<libdeflate_decompressor, Free> decompressor_;
};

/// The same into a new string of at most `max_bytes`.
std::optional<std::string> gunzip(std::string_view body,
                                  std::uint64_t max_bytes);

}  // namespace kprofefe::pprof
