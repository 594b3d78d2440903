// SPDX-License-Identifier: MIT
#pragma once

#include "async/event.hpp"
#include "async/task.hpp"

#include <memory>
#include <utility>

namespace kprofefe::async {

/// Lets one task of a loop proceed at a time. Must outlive its locks and the
/// tasks that wait for one.
class Mutex {
 public:
  /// Held until it is destroyed.
  class Lock {
   public:
    Lock() = default;

    Lock(Lock&& other) noexcept
        : mutex_(std::exchange(other.mutex_, nullptr)) {}

    Lock& operator=(Lock&& other) noexcept {
      std::swap(mutex_, other.mutex_);
      return *this;
    }

    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    ~Lock() {
      if (mutex_ != nullptr) {
        std::exchange(mutex_->held_, nullptr)->set();
      }
    }

   private:
    friend class Mutex;

    explicit Lock(Mutex* mutex) : mutex_(mutex) {}

    Mutex* mutex_ = nullptr;
  };

  /// Waits until the mutex is free.
  Task<Lock> lock();

 private:
  std::shared_ptr<Event> held_;  ///< set when it is free again; null: it is
};

}  // namespace kprofefe::async
