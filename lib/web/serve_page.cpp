// SPDX-License-Identifier: MIT
#include "web/serve_page.hpp"

#include "server/message.hpp"
#include "server/serve.hpp"
#include "server/serve_options.hpp"
#include "session/session.hpp"

#include <boost/asio/post.hpp>

#include <csignal>
#include <optional>
#include <thread>
#include <utility>

namespace kprofefe::web {

async::Task<bool> serve_page(server::Listener listener,
                             server::AccessGuard* guard, App* app,
                             std::stop_token stop) {
  const server::Handler answer = [app](server::Request request) {
    return app->answer(std::move(request));
  };
  server::ServeOptions options;
  // The page shows in its frame why there is no flame graph.
  options.content_security_policy =
      "default-src 'none'; frame-ancestors 'self'";
  co_await server::serve(std::move(listener), guard->guard(answer),
                         std::move(options), std::move(stop));
  co_await app->finish();
  co_return true;
}

namespace {

/// Signals are for the thread that makes this: those that it starts meanwhile
/// get none.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }

  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

  ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace

/// The loop, the page and the thread that runs them.
class BackgroundPage::Thread {
 public:
  explicit Thread(const Env& env) : session_{.env = &env} {
    session_.stop = stop_.get_token();
    session_.delivery_stop = stop_.get_token();
  }

  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  // NOLINTNEXTLINE(bugprone-exception-escape): no memory for a call is the end
  ~Thread() { stop(); }

  /// In the loop: what hears of it belongs to that thread.
  void stop() {
    boost::asio::post(loop_.context(), [this] { stop_.request_stop(); });
  }

  Result<void> open(AppRequest request, const source::LoadedProfile& loaded,
                    const std::string& path) {
    app_.emplace(&session_, &loop_, std::move(request));
    app_->add(loaded);
    TRY_ASSIGN(listener_, server::Listener::open(loop_, {}));
    TRY_ASSIGN(guard_, server::AccessGuard::create(
                           listener_->authorities(),
                           path.empty() ? app_->first_path() : path));
    return {};
  }

  [[nodiscard]] const server::AccessGuard& guard() const { return *guard_; }

  void run() {
    thread_ = std::jthread([this] {
      loop_.run(
          serve_page(*std::move(listener_), &*guard_, &*app_, session_.stop));
    });
  }

 private:
  std::stop_source stop_;
  Session session_;
  async::Loop loop_;
  std::optional<App> app_;
  std::optional<server::Listener> listener_;
  std::optional<server::AccessGuard> guard_;
  std::jthread thread_;  // the first to end
};

BackgroundPage::BackgroundPage(std::unique_ptr<Thread> thread)
    : start_url_(thread->guard().start_url()),
      browser_url_(thread->guard().browser_url()),
      thread_(std::move(thread)) {}

BackgroundPage::~BackgroundPage() = default;

void BackgroundPage::stop() {
  thread_->stop();
}

Result<std::unique_ptr<BackgroundPage>> BackgroundPage::start(
    const Env& env, AppRequest request, const source::LoadedProfile& loaded,
    const std::string& path) {
  const BlockedSignals blocked;
  auto thread = std::make_unique<Thread>(env);
  TRY(thread->open(std::move(request), loaded, path));
  std::unique_ptr<BackgroundPage> page(new BackgroundPage(std::move(thread)));
  page->thread_->run();
  return page;
}

}  // namespace kprofefe::web
