// SPDX-License-Identifier: MIT
#include "async/mutex.hpp"

namespace kprofefe::async {

Task<Mutex::Lock> Mutex::lock() {
  while (const std::shared_ptr<Event> held = held_) {
    co_await held->wait();
  }
  held_ = std::make_shared<Event>();
  co_return Lock(this);
}

}  // namespace kprofefe::async
