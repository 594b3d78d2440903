// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "store/store.hpp"
#include "support/kept_loop.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::store {

/// What the stores of a test take for the time.
inline SystemTime g_now;

inline SystemTime at(int day, int hour = 0) {
  using std::chrono::days;
  using std::chrono::hours;
  return SystemTime(std::chrono::sys_days{std::chrono::year{2026} /
                                          std::chrono::November / 1} +
                    days(day - 1) + hours(hour));
}

/// A store with a loop of its own: what it yields is waited for.
class OpenStore {
 public:
  explicit OpenStore(const std::string& folder, Options options = {}) {
    options.now = [] { return g_now; };
    auto opened = Store::open(folder, options, notes);
    if (!opened) {
      throw std::runtime_error(opened.error().message);
    }
    store_ = *std::move(opened);
  }

  Store* operator->() { return store_.get(); }

  template <typename T>
  T run(async::Task<T> task) {
    return loop.run(std::move(task));
  }

  Result<StoredProfile> put(NewProfile profile) {
    return run(store_->put(std::move(profile)));
  }

  Result<std::string> read(const ProfileId& id) {
    return run(store_->read(id));
  }

  Result<std::vector<StoredProfile>> find(Query query) {
    return run(store_->find(std::move(query)));
  }

  std::vector<std::string> notes;
  test::KeptLoop loop;

 private:
  std::unique_ptr<Store> store_;
};

inline NewProfile make_profile(std::string body, SystemTime created_at = at(1),
                               std::vector<Label> labels = {{"pod", "api-0"}}) {
  return {
      .series = {.service = "api", .type = "heap", .labels = std::move(labels)},
      .created_at = created_at,
      .totals = {{.type = "inuse_space", .unit = "bytes", .value = 4711}},
      .body = std::move(body)};
}

/// All of the service `api`.
inline Query all_of_api() {
  return {.service = "api", .from = SystemTime::min(), .to = SystemTime::max()};
}

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The file stays the same one, with its inode.
inline void overwrite(const std::string& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
}

inline void append_to(const std::string& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::app);
  file << bytes;
}

}  // namespace kprofefe::store
