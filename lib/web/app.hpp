// SPDX-License-Identifier: MIT
#pragma once

#include "async/loop.hpp"
#include "async/task.hpp"
#include "async/workers.hpp"
#include "server/message.hpp"
#include "session/session.hpp"
#include "source/load.hpp"
#include "view/options.hpp"
#include "web/captures.hpp"
#include "web/history.hpp"
#include "web/kept_documents.hpp"
#include "web/settings.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::web {

/// What a page begins with.
struct AppRequest {
  std::string title;
  view::Options options;  ///< what an address does not say otherwise
  source::ReadRequest read;
  /// What can be captured again; nothing: the sources are no pods.
  std::optional<source::Input> live;
  bool saves = true;  ///< what is captured, as source::save_capture() does
  bool normalizes = false;  ///< to the base, when the page opens
};

/// One page: the profiles that it can show, and the answers to its requests.
/// All pointers must outlive it.
class App {
 public:
  App(const Session* session, async::Loop* loop, AppRequest request);

  /// Adds a profile that was loaded before the page is shown; its id.
  std::string add(source::LoadedProfile loaded);

  /// What profiles are compared with when the page opens.
  void set_base(std::string id) { base_ = std::move(id); }

  /// The path to open first: of the flame graph, or of the targets when there
  /// is no profile yet.
  [[nodiscard]] std::string first_path() const;

  /// Answers a request that was let in. Never fails: what is wrong is a status
  /// and words for people.
  async::Task<server::Response> answer(server::Request request);

  /// Ends when no capture is under way: soon after the session was stopped.
  async::Task<void> finish();

 private:
  using Answer = Result<server::Response>;

  async::Task<Answer> answer_api(const server::Request* request,
                                 std::string_view what);
  async::Task<Answer> report(const server::Request* request,
                             std::string_view name, bool is_download);
  [[nodiscard]] Answer describe_session() const;
  async::Task<Answer> list_targets();
  Answer change_captures(const server::Request& request, std::string_view id);
  Answer change_settings(const server::Request& request);
  Result<std::string> start_capture(const server::Request& request);
  std::string keep(source::LoadedProfile loaded, const CaptureStatus& status);

  const Session* session_;
  async::Loop* loop_;
  AppRequest request_;
  History history_;
  Settings settings_;
  std::optional<Captures> captures_;
  std::string base_;
  KeptDocuments kept_;
  async::Workers workers_{1};
};

}  // namespace kprofefe::web
