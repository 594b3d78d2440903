// SPDX-License-Identifier: MIT
#include "source/local.hpp"

#include "async/sleep.hpp"
#include "base/file.hpp"
#include "pprof/summary.hpp"

#include <fmt/format.h>

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <optional>

namespace kprofefe::source {
namespace {

constexpr std::chrono::milliseconds k_look_again{50};
constexpr const char* k_name = "standard input";

/// Asks, and does not wait: an event loop would have to make the descriptor
/// non-blocking, also for the shell that shares it.
bool is_readable(int fd) {
  pollfd look{.fd = fd, .events = POLLIN, .revents = 0};
  return ::poll(&look, 1, 0) != 0;
}

/// What there is to be read now; nothing at the end. Errors: io.
Result<std::optional<std::string_view>> read_some(
    int fd, std::array<char, std::size_t{64} << 10>& piece) {
  const ssize_t count = ::read(fd, piece.data(), piece.size());
  if (count < 0) {
    return fail(ErrorKind::io,
                std::string("read ") + k_name + ": " + errno_text(errno));
  }
  return count == 0 ? std::nullopt
                    : std::optional(std::string_view(
                          piece.data(), static_cast<std::size_t>(count)));
}

}  // namespace

Result<void> load_file(const std::string& path, Loader& loader) {
  TRY_ASSIGN(const std::string bytes,
             read_file(path, pprof::k_max_inflated_bytes));
  return loader.add(bytes, {Kind::file, path});
}

async::Task<Result<void>> read_standard_input(std::stop_token stop,
                                              kprofefe::Sink sink) {
  std::array<char, std::size_t{64} << 10> piece{};
  for (;;) {
    while (!is_readable(STDIN_FILENO)) {
      co_await async::sleep_for(k_look_again, stop);
      if (stop.stop_requested()) {
        co_return fail(ErrorKind::cancelled, "interrupted");
      }
    }
    CO_TRY_ASSIGN(const auto read, read_some(STDIN_FILENO, piece));
    if (!read || !sink(*read)) {
      co_return Result<void>{};
    }
  }
}

async::Task<Result<std::string>> read_standard_input(std::stop_token stop,
                                                     std::size_t max_bytes) {
  std::string bytes;
  const kprofefe::Sink append = [&](std::string_view piece) {
    bytes += piece;
    return bytes.size() <= max_bytes;
  };
  CO_TRY(co_await read_standard_input(stop, append));
  if (bytes.size() > max_bytes) {
    co_return fail(ErrorKind::io, fmt::format("read {}: larger than {} bytes",
                                              k_name, max_bytes));
  }
  co_return bytes;
}

async::Task<Result<void>> load_standard_input(const Session* session,
                                              Loader* loader) {
  Result<std::string> bytes =
      co_await read_standard_input(session->stop, pprof::k_max_inflated_bytes);
  if (!bytes) {
    co_return std::unexpected(std::move(bytes).error());
  }
  co_return loader->add(*bytes, {Kind::standard_input, k_name});
}

}  // namespace kprofefe::source
