// SPDX-License-Identifier: MIT
#include "base/fd.hpp"
#include "store/store.hpp"
#include "support/open_store.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <string>
#include <vector>

namespace kprofefe::store {
namespace {

constexpr std::size_t k_id_characters = 20;

std::string body_of(int round, int number) {
  return std::to_string(round) + "/" + std::to_string(number) +
         std::string(static_cast<std::size_t>(number % 7) * 1000, 'x');
}

/// Puts until it is killed, and reports each id when put() has answered.
[[noreturn]] void put_for_ever(const std::string& folder, int round, int pipe) {
  OpenStore store(folder);
  for (int i = 0;; ++i) {
    const auto stored = store.put(make_profile(body_of(round, i)));
    if (!stored) {
      ::_exit(1);
    }
    const std::string id = format_id(stored->id);
    if (::write(pipe, id.data(), id.size()) !=
        static_cast<ssize_t>(id.size())) {
      ::_exit(2);
    }
  }
}

/// Kills a child after it has reported so many: all that it reported.
std::vector<ProfileId> put_and_kill(const std::string& folder, int round,
                                    std::size_t reports) {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(ends[0]);
    put_for_ever(folder, round, ends[1]);
  }
  const Fd reading(ends[0]);
  ::close(ends[1]);
  std::vector<ProfileId> ids;
  std::array<char, k_id_characters> text{};
  while (::read(reading.get(), text.data(), text.size()) ==
         static_cast<ssize_t>(text.size())) {
    const auto id = parse_id({text.data(), text.size()});
    REQUIRE(id);
    ids.push_back(*id);
    if (ids.size() == reports) {
      ::kill(child, SIGKILL);
    }
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
  return ids;
}

TEST_SUITE_BEGIN("store");

TEST_CASE("whoever kills us, what put() answered for is there") {
  const test::Scratch scratch;
  g_now = at(10);
  std::vector<std::vector<ProfileId>> rounds;
  for (int round = 0; round < 10; ++round) {
    rounds.push_back(put_and_kill(scratch.path(), round,
                                  static_cast<std::size_t>(1 + 3 * round)));
    CHECK(rounds.back().size() >= static_cast<std::size_t>(1 + 3 * round));
  }

  OpenStore store(scratch.path());

  for (int round = 0; round < 10; ++round) {
    const auto& ids = rounds[static_cast<std::size_t>(round)];
    for (std::size_t i = 0; i < ids.size(); ++i) {
      CHECK(store.read(ids[i]) == body_of(round, static_cast<int>(i)));
    }
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::store
