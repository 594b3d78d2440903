// SPDX-License-Identifier: MIT
#include "base/byte_buffer.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace kprofefe {

ByteBuffer::ByteBuffer(ByteBuffer&& other) noexcept
    : data_(std::move(other.data_)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

ByteBuffer& ByteBuffer::operator=(ByteBuffer&& other) noexcept {
  data_ = std::move(other.data_);
  size_ = std::exchange(other.size_, 0);
  capacity_ = std::exchange(other.capacity_, 0);
  return *this;
}

ByteBuffer& ByteBuffer::operator=(std::string_view bytes) {
  return *this = ByteBuffer(bytes);
}

bool ByteBuffer::append(std::string_view bytes) noexcept {
  if (bytes.empty()) {
    return true;
  }
  if (bytes.size() > capacity_ - size_ && !reserve(size_ + bytes.size())) {
    return false;
  }
  std::memcpy(data_.get() + size_, bytes.data(), bytes.size());
  size_ += bytes.size();
  return true;
}

bool ByteBuffer::reserve(std::size_t bytes) noexcept {
  constexpr std::size_t k_smallest = 512;
  const std::size_t capacity =
      std::max({k_smallest, bytes, capacity_ + capacity_ / 2});
  void* const grown = std::realloc(data_.get(), capacity);
  if (grown == nullptr) {
    return false;
  }
  // realloc() has taken care of it.
  [[maybe_unused]] const char* const moved = data_.release();
  data_.reset(static_cast<char*>(grown));
  capacity_ = capacity;
  return true;
}

}  // namespace kprofefe
