// SPDX-License-Identifier: MIT
#include "term/output_buffer.hpp"

#include "base/file.hpp"

#include <cerrno>
#include <cstddef>
#include <string_view>

namespace kprofefe::term {
namespace {

constexpr std::size_t k_buffer_bytes = std::size_t{64} << 10;

}  // namespace

OutputBuffer::OutputBuffer(int fd) : fd_(fd), bytes_(k_buffer_bytes) {
  empty();
}

void OutputBuffer::empty() {
  setp(bytes_.data(), bytes_.data() + bytes_.size());
}

bool OutputBuffer::drain() {
  const std::string_view waiting(pbase(),
                                 static_cast<std::size_t>(pptr() - pbase()));
  if (error_ == 0 && !write_all(fd_, waiting)) {
    error_ = errno;
  }
  empty();
  return error_ == 0;
}

OutputBuffer::int_type OutputBuffer::overflow(int_type c) {
  if (!drain()) {
    return traits_type::eof();
  }
  if (!traits_type::eq_int_type(c, traits_type::eof())) {
    sputc(traits_type::to_char_type(c));
  }
  return traits_type::not_eof(c);
}

int OutputBuffer::sync() {
  return drain() ? 0 : -1;
}

std::streamsize OutputBuffer::xsputn(const char* bytes, std::streamsize count) {
  if (count < epptr() - pptr()) {
    return std::streambuf::xsputn(bytes, count);
  }
  // What does not fit need not be copied first.
  if (drain() && !write_all(fd_, {bytes, static_cast<std::size_t>(count)})) {
    error_ = errno;
  }
  return error_ == 0 ? count : 0;
}

}  // namespace kprofefe::term
