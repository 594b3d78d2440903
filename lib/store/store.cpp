// SPDX-License-Identifier: MIT
#include "store/store.hpp"

#include "base/fd.hpp"
#include "store/segment/folder.hpp"
#include "store/segment/segment_reader.hpp"
#include "store/window/appender.hpp"
#include "store/window/catalog.hpp"
#include "store/window/folder_lock.hpp"
#include "store/window/group_commit.hpp"
#include "store/window/index_pool.hpp"
#include "store/window/retention.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <set>
#include <shared_mutex>
#include <tuple>
#include <utility>

namespace kprofefe::store {
namespace {

constexpr std::size_t k_reading_threads = 2;

std::unexpected<Error> no_such_profile(const ProfileId& id) {
  return fail(ErrorKind::not_found,
              fmt::format("profile {}: not found", format_id(id)));
}

bool may_have(const Window& window, const Query& query) {
  const Summary summary = window.summary();
  return summary.first <= query.to && summary.last >= query.from;
}

/// By time, the oldest first; of those the newest, if there is a limit.
void arrange(std::vector<StoredProfile>& found, const Query& query) {
  const auto order = [](const StoredProfile& profile) {
    return std::tuple(profile.created_at, profile.id);
  };
  std::ranges::sort(found, {}, order);
  if (query.limit && found.size() > *query.limit) {
    const auto surplus = found.size() - *query.limit;
    found.erase(found.begin(),
                found.begin() + static_cast<std::ptrdiff_t>(surplus));
  }
}

/// Nothing of one that was removed.
Result<Usage> usage_of(const Window& window) {
  const std::shared_lock lock(window.use());
  if (window.is_removed()) {
    return Usage{};
  }
  TRY_ASSIGN(const std::uint64_t bytes, bytes_in(window.folder()));
  return Usage{.profiles = window.summary().profiles, .bytes = bytes};
}

/// The body of a record. The outer error is the index's, when it has another
/// profile there.
Result<Result<std::string>> read_body(const Window& window,
                                      const IndexedProfile& indexed) {
  const auto reader =
      SegmentReader::open(segment_path(window.folder(), indexed.place.segment));
  if (!reader) {
    return Result<std::string>(std::unexpected(reader.error()));
  }
  Result<Record> record = reader->read_record(indexed.place.offset);
  if (!record) {
    return Result<std::string>(std::unexpected(std::move(record).error()));
  }
  if (record->metadata.digest != indexed.profile.id.digest) {
    return fail(ErrorKind::malformed, "index: it names the wrong record");
  }
  if (record->metadata.encoding != 0) {
    return Result<std::string>(fail(
        ErrorKind::malformed,
        fmt::format("profile {}: stored by a later version of this program",
                    format_id(indexed.profile.id))));
  }
  return Result<std::string>(std::move(record->body));
}

}  // namespace

struct Store::Impl {
  Impl(const std::string& folder, Options chosen)
      : options(chosen),
        catalog(folder),
        appender(&catalog, &pool, options.segment_bytes),
        writer(1),
        readers(k_reading_threads),
        commit(&writer, [this](const std::vector<NewProfile>& profiles) {
          return appender.write(profiles, options.now());
        }) {}

  /// What `use(index)` yields, by a reading thread. An index that is damaged is
  /// made anew, and asked again.
  template <typename Use>
  auto ask(WindowPtr window, Use use)
      -> async::Task<decltype(use(std::declval<Index&>()))> {
    const auto work = [this, window, use] { return pool.with(window, use); };
    auto answer = co_await readers.run(work);
    if (answer || answer.error().kind != ErrorKind::malformed) {
      co_return answer;
    }
    const auto mend = [this, window] { return appender.mend(window); };
    const Result<void> mended = co_await writer.run(mend);
    if (!mended) {
      co_return std::unexpected(mended.error());
    }
    co_return co_await readers.run(work);
  }

  Result<std::vector<Removed>> remove_expired(SystemTime now);

  Options options;
  Fd lock;
  Catalog catalog;
  IndexPool pool;
  Appender appender;
  // Threads use what is before them, and end first.
  async::Workers writer;
  async::Workers readers;
  GroupCommit commit;
};

Result<std::unique_ptr<Store>> Store::open(const std::string& folder,
                                           const Options& options,
                                           std::vector<std::string>& notes) {
  TRY(make_folder(folder));
  TRY_ASSIGN(Fd lock, lock_folder(folder));
  auto impl = std::make_unique<Impl>(folder, options);
  impl->lock = std::move(lock);
  TRY(impl->catalog.load(notes));
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Store::~Store() = default;

async::Task<Result<StoredProfile>> Store::put(NewProfile profile) {
  return impl_->commit.put(std::move(profile));
}

bool Store::is_full() const {
  return impl_->commit.is_full();
}

async::Task<Result<std::vector<StoredProfile>>> Store::find(Query query) {
  std::vector<StoredProfile> all;
  const std::vector<WindowPtr> windows = impl_->catalog.all();
  for (const WindowPtr& window : windows | std::views::reverse) {
    if (!may_have(*window, query)) {
      continue;
    }
    const auto use = [query](Index& index) { return index.find(query); };
    auto found = co_await impl_->ask(window, use);
    if (!found && found.error().kind == ErrorKind::not_found) {
      continue;  // removed meanwhile
    }
    if (!found) {
      co_return found;
    }
    std::ranges::move(*found, std::back_inserter(all));
    if (query.limit && all.size() >= std::max<std::size_t>(*query.limit, 1)) {
      arrange(all, query);
      // What is older is not wanted any more: mostly whole windows.
      query.from = all.empty() ? query.from : all.front().created_at;
    }
  }
  arrange(all, query);
  co_return all;
}

async::Task<Result<StoredProfile>> Store::describe(ProfileId id) {
  const WindowPtr window = impl_->catalog.find(id.window);
  if (window == nullptr) {
    co_return no_such_profile(id);
  }
  const auto use = [id](Index& index) { return index.find(id.digest); };
  CO_TRY_ASSIGN(auto found, co_await impl_->ask(window, use));
  if (!found) {
    co_return no_such_profile(id);
  }
  co_return std::move(found->profile);
}

async::Task<Result<std::string>> Store::read(ProfileId id) {
  const WindowPtr window = impl_->catalog.find(id.window);
  if (window == nullptr) {
    co_return no_such_profile(id);
  }
  const auto use = [id, window](Index& index) -> Result<Result<std::string>> {
    TRY_ASSIGN(const auto found, index.find(id.digest));
    if (!found) {
      return Result<std::string>(no_such_profile(id));
    }
    return read_body(*window, *found);
  };
  auto body = co_await impl_->ask(window, use);
  if (!body) {
    co_return std::unexpected(std::move(body).error());
  }
  co_return *std::move(body);
}

async::Task<Result<std::vector<std::string>>> Store::services() {
  std::set<std::string> names;
  for (const WindowPtr& window : impl_->catalog.all()) {
    const auto use = [](Index& index) { return index.services(); };
    auto found = co_await impl_->ask(window, use);
    if (found) {
      names.insert(found->begin(), found->end());
    } else if (found.error().kind != ErrorKind::not_found) {
      co_return found;
    }
  }
  co_return std::vector<std::string>(names.begin(), names.end());
}

async::Task<Result<Usage>> Store::usage() {
  const auto windows = impl_->catalog.all();
  const auto work = [windows]() -> Result<Usage> {
    Usage usage;
    for (const WindowPtr& window : windows) {
      TRY_ASSIGN(const Usage its, usage_of(*window));
      usage.profiles += its.profiles;
      usage.bytes += its.bytes;
    }
    return usage;
  };
  co_return co_await impl_->readers.run(work);
}

async::Task<Result<std::vector<Removed>>> Store::remove_expired(
    SystemTime now) {
  Impl* const impl = impl_.get();
  const auto work = [impl, now] { return impl->remove_expired(now); };
  co_return co_await impl->writer.run(work);
}

Result<std::vector<Removed>> Store::Impl::remove_expired(SystemTime now) {
  std::vector<WindowBytes> sizes;
  for (const WindowPtr& window : catalog.all()) {
    TRY_ASSIGN(const std::uint64_t bytes, bytes_in(window->folder()));
    sizes.push_back({.day = window->day(), .bytes = bytes});
  }
  std::vector<Removed> removed;
  for (const Expired& expired : choose_expired(sizes, options, now)) {
    const WindowPtr window = catalog.find(expired.day);
    const auto size = std::ranges::find(sizes, expired.day, &WindowBytes::day);
    TRY(appender.remove(window));
    removed.push_back({.window = window_name(expired.day),
                       .profiles = window->summary().profiles,
                       .bytes = size->bytes,
                       .was_over_size = expired.was_over_size});
  }
  return removed;
}

}  // namespace kprofefe::store
