// SPDX-License-Identifier: MIT
#include "fuzz_target.hpp"

#include "pprof/check.hpp"
#include "pprof/wire/body_reader.hpp"
#include "pprof/wire/gunzip.hpp"

#include <zlib.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace kprofefe::pprof;

constexpr std::size_t k_max_bytes = std::size_t{1} << 20;

struct Outcome {
  std::string bytes;
  bool broken = false;
};

Outcome read_all(std::string_view body) {
  BodyReader reader(body);
  Outcome outcome;
  for (std::string_view piece = reader.next();
       !piece.empty() && outcome.bytes.size() < k_max_bytes;
       piece = reader.next()) {
    outcome.bytes += piece;
  }
  outcome.broken = !reader.error().empty();
  if (reader.consumed() > body.size()) {
    std::abort();
  }
  return outcome;
}

void put_number(std::string& out, std::size_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    out += static_cast<char>(number >> (8 * i) & 0xffU);
  }
}

/// `bytes` (less than 64 KiB) as a gzip member that is not compressed.
std::string stored(std::string_view bytes) {
  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\xff\x01", 11);
  put_number(out, bytes.size(), 2);
  put_number(out, ~bytes.size(), 2);
  out += bytes;
  put_number(out,
             crc32(0, reinterpret_cast<const Bytef*>(bytes.data()),
                   static_cast<uInt>(bytes.size())),
             4);
  put_number(out, bytes.size(), 4);
  return out;
}

/// Two members in a row are read as what they hold; cut, they are broken.
void check_members(std::string_view bytes, std::size_t cut) {
  const std::string_view first = bytes.substr(0, cut % (bytes.size() + 1));
  const std::string body = stored(first) + stored(bytes.substr(first.size()));
  if (gunzip(stored(bytes), k_max_bytes) != bytes ||
      gunzip(body, k_max_bytes)) {
    std::abort();
  }
  const Outcome whole = read_all(body);
  if (whole.broken || whole.bytes != bytes) {
    std::abort();
  }
  const std::size_t end = 2 + cut * 31 % (body.size() - 2);
  if (end != stored(first).size() &&
      !read_all(std::string_view(body).substr(0, end)).broken) {
    std::abort();
  }
}

/// What both ways of decompressing take, they take as the same. They need not
/// take the same: of a header's own checksum only zlib knows.
void check_at_once(std::string_view input) {
  const auto at_once = gunzip(input, k_max_bytes);
  const Outcome piecewise = read_all(input);
  if (at_once && !piecewise.broken && *at_once != piecewise.bytes) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check_at_once(input);
  const auto inflated = inflate_body(input, k_max_bytes);
  if (inflated && input.starts_with(k_gzip_magic) &&
      inflated->size() > k_max_bytes) {
    std::abort();
  }
  if (size != 0) {
    check_members(input.substr(1), data[0]);
  }
  return 0;
}
