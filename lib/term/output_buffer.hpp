// SPDX-License-Identifier: MIT
#pragma once

#include <streambuf>
#include <vector>

namespace kprofefe::term {

/// The buffer of a stream over an open descriptor that, unlike the library's,
/// knows why a write failed.
class OutputBuffer final : public std::streambuf {
 public:
  explicit OutputBuffer(int fd);

  /// errno of the first write that failed; 0: none did.
  [[nodiscard]] const int& error() const { return error_; }

 protected:
  int_type overflow(int_type c) override;
  int sync() override;
  std::streamsize xsputn(const char* bytes, std::streamsize count) override;

 private:
  void empty();
  /// False: what is in the buffer could not be written, and never will be.
  bool drain();

  int fd_;
  int error_ = 0;
  std::vector<char> bytes_;
};

}  // namespace kprofefe::term
