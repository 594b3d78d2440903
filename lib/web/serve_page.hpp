// SPDX-License-Identifier: MIT
#pragma once

#include "async/loop.hpp"
#include "async/task.hpp"
#include "base/env.hpp"
#include "base/result.hpp"
#include "server/access_guard.hpp"
#include "server/listener.hpp"
#include "source/loader.hpp"
#include "web/app.hpp"

#include <memory>
#include <stop_token>
#include <string>

namespace kprofefe::web {

/// Answers requests to the page until `stop` is requested; always true. Both
/// pointers must outlive it.
async::Task<bool> serve_page(server::Listener listener,
                             server::AccessGuard* guard, App* app,
                             std::stop_token stop);

/// A page of a profile that is loaded already: a thread of its own serves it on
/// this host for as long as this lives. Its user can do other things meanwhile.
class BackgroundPage {
 public:
  /// `path`: what opens first; empty: App::first_path(). `request` can capture
  /// nothing. `env` must outlive the page. Errors: io.
  static Result<std::unique_ptr<BackgroundPage>> start(
      const Env& env, AppRequest request, const source::LoadedProfile& loaded,
      const std::string& path);

  BackgroundPage(const BackgroundPage&) = delete;
  BackgroundPage& operator=(const BackgroundPage&) = delete;
  ~BackgroundPage();

  /// Has it end soon; the destructor waits for that.
  void stop();

  /// For a person: works as often as wanted, and is a secret.
  [[nodiscard]] const std::string& start_url() const { return start_url_; }

  /// For the command line of a browser: works once.
  [[nodiscard]] const std::string& browser_url() const { return browser_url_; }

 private:
  class Thread;
  explicit BackgroundPage(std::unique_ptr<Thread> thread);

  std::string start_url_;
  std::string browser_url_;
  std::unique_ptr<Thread> thread_;
};

}  // namespace kprofefe::web
