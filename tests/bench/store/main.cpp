// SPDX-License-Identifier: MIT
// Measures a store without a server.
// usage: bench_store fill FOLDER PROFILES BODY_BYTES AT_ONCE
//        bench_store ask FOLDER
// fill puts profiles of 20 services with 10 pods each, over 14 days; ask opens
// the store and asks it for 10,000 of them, for one, and for 1,000 bodies.
#include "async/for_each_bounded.hpp"
#include "async/loop.hpp"
#include "base/number.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace kprofefe;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::steady_clock;

constexpr std::size_t k_services = 20;
constexpr std::size_t k_pods = 10;
constexpr std::size_t k_days = 14;

SystemTime g_now;
const SystemTime g_begin =
    std::chrono::sys_days(std::chrono::year{2026} / 11 / 1);

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) +
           static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::string resident() {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with("VmRSS:")) {
      return line.substr(line.find_first_not_of(" \t", 6));
    }
  }
  return "?";
}

void measure(const std::string& what, const std::function<void()>& work) {
  const double cpu = cpu_seconds();
  const auto begin = steady_clock::now();
  work();
  const std::chrono::duration<double> taken = steady_clock::now() - begin;
  fmt::print("{:<24} {:>9.1f} ms {:>9.1f} ms CPU, resident {}\n", what,
             taken.count() * 1000, (cpu_seconds() - cpu) * 1000, resident());
}

template <typename T>
T value_of(Result<T> result) {
  if (!result) {
    fmt::print(stderr, "error: {}\n", result.error().message);
    std::exit(1);
  }
  return *std::move(result);
}

store::NewProfile profile_number(std::size_t number, std::string body) {
  const std::size_t series = number % (k_services * k_pods);
  return {.series = {.service = fmt::format("service-{}", series % k_services),
                     .type = "heap",
                     .labels = {{"container", "main"},
                                {"image", "registry.example/shop/api:v1.2.3"},
                                {"namespace", "shop"},
                                {"node", fmt::format("node-{}", series % 7)},
                                {"pod", fmt::format("pod-{}", series)},
                                {"version", "v1.2.3"}}},
          .created_at = g_now,
          .totals = {{"alloc_objects", "count", 1},
                     {"alloc_space", "bytes", 2},
                     {"inuse_objects", "count", 3},
                     {"inuse_space", "bytes", 4}},
          .body = std::move(body)};
}

/// One day's profiles.
async::Task<bool> put_all(store::Store* store, std::size_t day,
                          std::size_t count, const std::string* noise,
                          std::size_t at_once) {
  const auto job = [&](std::size_t i) -> async::Task<void> {
    const std::size_t number = day * count + i;
    g_now = g_begin + days(day) + minutes(i * 24 * 60 / count);
    std::string body = *noise;
    body.replace(0, 8, fmt::format("{:08}", number));
    auto stored = co_await store->put(profile_number(number, std::move(body)));
    value_of(std::move(stored));
  };
  co_await async::for_each_bounded(count, at_once, job);
  co_return true;
}

void fill(const std::string& folder, std::size_t profiles, std::size_t bytes,
          std::size_t at_once) {
  std::string noise(bytes + 8, '\0');
  std::minstd_rand random(1);
  for (char& byte : noise) {
    byte = static_cast<char>(random());
  }
  async::Loop loop;
  std::vector<std::string> notes;
  const auto store = value_of(
      store::Store::open(folder, {.now = [] { return g_now; }}, notes));
  for (std::size_t day = 0; day < k_days; ++day) {
    measure(fmt::format("put {}", profiles / k_days), [&] {
      loop.run(put_all(store.get(), day, profiles / k_days, &noise, at_once));
    });
  }
}

void ask(const std::string& folder) {
  async::Loop loop;
  std::vector<std::string> notes;
  std::unique_ptr<store::Store> store;
  measure("open",
          [&] { store = value_of(store::Store::open(folder, {}, notes)); });
  store::Query query = {.service = "service-1",
                        .from = g_begin,
                        .to = g_begin + days(k_days),
                        .limit = 10'000};
  std::vector<store::StoredProfile> found;
  measure("list 10,000",
          [&] { found = value_of(loop.run(store->find(query))); });
  measure("list 10,000 again",
          [&] { found = value_of(loop.run(store->find(query))); });
  fmt::print("{} found\n", found.size());
  query.limit = 1;
  query.labels = {{"pod", "pod-1"}};
  measure("the newest of a pod",
          [&] { value_of(loop.run(store->find(query))); });
  measure("services", [&] { value_of(loop.run(store->services())); });
  found.resize(std::min<std::size_t>(found.size(), 1000));
  measure("read 1,000", [&] {
    for (const auto& profile : found) {
      value_of(loop.run(store->read(profile.id)));
    }
  });
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const auto number = [&](std::size_t i) {
    return value_of(
        parse_number_within<std::size_t>(arguments[i], 1, ~std::size_t{0}));
  };
  if (arguments.size() == 5 && arguments[0] == "fill") {
    fill(arguments[1], number(2), number(3), number(4));
  } else if (arguments.size() == 2 && arguments[0] == "ask") {
    ask(arguments[1]);
  } else {
    fmt::print(stderr,
               "usage: bench_store fill FOLDER PROFILES BODY_BYTES "
               "AT_ONCE\n       bench_store ask FOLDER\n");
    return 2;
  }
  return 0;
}
