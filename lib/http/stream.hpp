// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace kprofefe::http {

class Transfer;
class Transfers;

/// A connection to a host, bytes in both directions: TCP, or TLS, through a
/// proxy where there is one; Client::connect() makes it. One task may read
/// while another writes; close() before destroying it ends both.
class Stream {
 public:
  Stream(std::shared_ptr<Transfers> transfers,
         std::shared_ptr<Transfer> transfer);
  Stream(Stream&&) noexcept;
  Stream& operator=(Stream&&) noexcept;
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream();

  /// Waits for bytes: how many came, at most `into.size()`; 0: the peer has
  /// ended. Errors: network, cancelled (after close()).
  async::Task<Result<std::size_t>> read(std::span<char> into);

  /// Sends all of `bytes`, which must live until then. Errors: as read().
  async::Task<Result<void>> write(std::string_view bytes);

  /// Closes the connection; who waits for it ends with cancelled.
  void close();

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace kprofefe::http
