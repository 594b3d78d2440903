// SPDX-License-Identifier: MIT
// What the collector's look at a profile costs, and the floor below it.
// usage: bench_check_body FILE   prints microseconds: of check_body(), and of
// zlib's inflating of the whole file
#include "pprof/check.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe {
namespace {

constexpr int k_rounds = 2001;
constexpr int k_gzip = 16 + MAX_WBITS;

/// The middle of many runs, in microseconds.
template <typename Work>
double middle_of(const Work& work) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> costs;
  for (int i = 0; i < k_rounds; ++i) {
    const Clock::time_point begin = Clock::now();
    work();
    const std::chrono::duration<double, std::micro> cost = Clock::now() - begin;
    costs.push_back(cost.count());
  }
  std::ranges::sort(costs);
  return costs[costs.size() / 2];
}

/// With a memory of 64 KiB, as the look has.
void inflate_whole(std::string_view body) {
  std::vector<Bytef> piece(1U << 16);
  z_stream stream{};
  std::string copy(body);
  // The C library takes what it only reads through a pointer to bytes that
  // could be written.
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  inflateInit2(&stream, k_gzip);
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_out = piece.data();
    stream.avail_out = static_cast<uInt>(piece.size());
    status = inflate(&stream, Z_NO_FLUSH);
  }
  inflateEnd(&stream);
}

int run(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string body(std::istreambuf_iterator<char>(file), {});
  int sound = 0;
  const double look =
      middle_of([&] { sound += pprof::check_body(body) ? 1 : 0; });
  const double whole = middle_of([&] { inflate_whole(body); });
  if (sound != k_rounds) {
    fmt::print(stderr, "{}: not a profile\n", path);
    return 1;
  }
  fmt::print("{:.2f} {:.2f}\n", look, whole);
  return 0;
}

}  // namespace
}  // namespace kprofefe

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bench_check_body FILE\n", stderr);
    return 2;
  }
  try {
    return kprofefe::run(argv[1]);
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
    return 1;
  }
}
