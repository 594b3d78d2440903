// SPDX-License-Identifier: MIT
#include "store/window/group_commit.hpp"

#include "async/event.hpp"
#include "store/segment/io_error.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <exception>
#include <utility>

namespace kprofefe::store {
namespace {

/// What one write is made of.
struct Group {
  std::vector<NewProfile> profiles;
  std::size_t bytes = 0;
  Batch::Answers answers;
  async::Event written;
};

/// Whatever happens, all who wait are answered.
Batch::Answers write_group(const GroupCommit::Write& write,
                           const std::vector<NewProfile>& profiles) {
  try {
    return write(profiles);
  } catch (const std::exception& broken) {
    Batch::Answers none(
        profiles.size(),
        fail(ErrorKind::io, fmt::format("store profiles: {}", broken.what())));
    return none;
  }
}

}  // namespace

struct GroupCommit::State {
  async::Workers* workers = nullptr;  ///< null: the object is gone
  Write write;
  std::size_t max_waiting_bytes = 0;
  std::size_t waiting_bytes = 0;
  std::shared_ptr<Group> next;  ///< null: nobody waits
  bool is_writing = false;
  bool is_full = false;
  async::Mutex entry;
  std::shared_ptr<async::Event> room;  ///< null: nobody waits for it
};

GroupCommit::GroupCommit(async::Workers* workers, Write write,
                         std::size_t max_waiting_bytes)
    : state_(std::make_shared<State>()) {
  state_->workers = workers;
  state_->write = std::move(write);
  state_->max_waiting_bytes = max_waiting_bytes;
}

GroupCommit::~GroupCommit() {
  state_->workers = nullptr;
}

bool GroupCommit::is_full() const {
  return state_->is_full;
}

async::Task<Result<StoredProfile>> GroupCommit::put(NewProfile profile) {
  const std::shared_ptr<State> state = state_;
  const std::size_t bytes = profile.body.size();
  {
    // One after the other, or a large one would never find room.
    const async::Mutex::Lock lock = co_await state->entry.lock();
    while (state->waiting_bytes > 0 &&
           state->waiting_bytes + bytes > state->max_waiting_bytes) {
      state->room = std::make_shared<async::Event>();
      const std::shared_ptr<async::Event> room = state->room;
      co_await room->wait();
    }
  }
  if (state->next == nullptr) {
    state->next = std::make_shared<Group>();
  }
  const std::shared_ptr<Group> group = state->next;
  const std::size_t place = group->profiles.size();
  group->profiles.push_back(std::move(profile));
  group->bytes += bytes;
  state->waiting_bytes += bytes;
  if (!state->is_writing) {
    state->is_writing = true;
    // A task of its own: who began it may be cancelled, and others wait.
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::co_spawn(executor, write_all(state), boost::asio::detached);
  }
  co_await group->written.wait();
  co_return std::move(group->answers[place]);
}

async::Task<void> GroupCommit::write_all(std::shared_ptr<State> state) {
  // Who is about to put something may come along.
  co_await boost::asio::post(boost::asio::use_awaitable);
  while (state->next != nullptr && state->workers != nullptr) {
    const std::shared_ptr<Group> group = std::exchange(state->next, nullptr);
    State* const shared = state.get();
    const auto work = [shared, group] {
      return write_group(shared->write, group->profiles);
    };
    group->answers = co_await state->workers->run(work);
    for (const Result<StoredProfile>& answer : group->answers) {
      state->is_full = !answer && answer.error().detail == k_disk_full;
    }
    group->profiles.clear();
    state->waiting_bytes -= group->bytes;
    group->written.set();
    if (state->room != nullptr) {
      std::exchange(state->room, nullptr)->set();
    }
  }
  state->is_writing = false;
}

}  // namespace kprofefe::store
