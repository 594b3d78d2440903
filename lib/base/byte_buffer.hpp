// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace kprofefe {

/// Bytes that come piece by piece from somebody who may send too many. Unlike
/// a std::string it grows without a second copy beside the first (a large
/// block's pages are moved, mremap(2)), and says so when memory is short
/// instead of throwing.
class ByteBuffer {
 public:
  ByteBuffer() = default;

  /// Holds a copy of `bytes`; nothing when there is not enough memory.
  explicit ByteBuffer(std::string_view bytes) { append(bytes); }

  ByteBuffer(ByteBuffer&& other) noexcept;
  ByteBuffer& operator=(ByteBuffer&& other) noexcept;
  ByteBuffer& operator=(std::string_view bytes);
  ByteBuffer(const ByteBuffer&) = delete;
  ByteBuffer& operator=(const ByteBuffer&) = delete;
  ~ByteBuffer() = default;

  /// False, and nothing has changed: there is not enough memory.
  bool append(std::string_view bytes) noexcept;

  [[nodiscard]] std::size_t size() const { return size_; }

  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// Valid until the next append().
  [[nodiscard]] std::string_view view() const { return {data_.get(), size_}; }

  // NOLINTNEXTLINE(google-explicit-constructor,hicpp-explicit-conversions)
  operator std::string_view() const { return view(); }

  friend bool operator==(const ByteBuffer& one, std::string_view other) {
    return one.view() == other;
  }

 private:
  struct Free {
    void operator()(char* data) const { std::free(data); }
  };

  [[nodiscard]] bool reserve(std::size_t bytes) noexcept;

  std::unique_ptr<char, Free> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace kprofefe
