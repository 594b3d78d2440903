// SPDX-License-Identifier: MIT
#pragma once

#include "async/loop.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

namespace kprofefe::test {

/// A loop for runs that follow each other at once. A thread of Workers lets go
/// of its loop a moment after it has handed its result over; were that the last
/// thing to keep the loop, Boost.Asio would stop it, and with it the next run.
class KeptLoop : public async::Loop {
 private:
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type>
      kept_{context().get_executor()};
};

}  // namespace kprofefe::test
