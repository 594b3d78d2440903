// SPDX-License-Identifier: MIT
#pragma once

#include <boost/asio/awaitable.hpp>

namespace kprofefe::async {

/// A coroutine that starts when it is awaited and yields a T. All tasks run
/// on the one thread of their Loop: between two co_awaits nothing else runs.
template <typename T>
using Task = boost::asio::awaitable<T>;

}  // namespace kprofefe::async
