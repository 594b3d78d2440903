// SPDX-License-Identifier: MIT
#include "web/app.hpp"

#include "async/sleep.hpp"
#include "base/moment.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "collect/pod_source.hpp"
#include "kube/open_cluster.hpp"
#include "report/targets.hpp"
#include "source/saved.hpp"
#include "view/prepare.hpp"
#include "web/capture_json.hpp"
#include "web/json.hpp"
#include "web/page_files.hpp"
#include "web/parameters.hpp"
#include "web/reports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace kprofefe::web {
namespace {

using nlohmann::ordered_json;
using server::Request;
using server::Response;

constexpr std::string_view k_api = "/api/";
constexpr std::string_view k_captures = "captures";

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
    case ErrorKind::malformed:
      return 400;
    case ErrorKind::not_found:
      return 404;
    case ErrorKind::busy:
      return 409;
    default:
      return 502;
  }
}

Response json_response(const ordered_json& json, int status = 200) {
  return {.status = status,
          .content_type = "application/json",
          .headers = {},
          .body = to_text(json)};
}

Response error_response(const Error& error) {
  return json_response({{"error", error.message}}, status_of(error.kind));
}

Response to_response(Document document) {
  Response response{.content_type = std::move(document.type),
                    .headers = {},
                    .body = std::move(document.body)};
  if (!document.policy.empty()) {
    response.headers.emplace_back("Content-Security-Policy",
                                  std::move(document.policy));
  }
  if (!document.file_name.empty()) {
    response.headers.emplace_back(
        "Content-Disposition",
        fmt::format("attachment; filename=\"{}\"", document.file_name));
  }
  return response;
}

std::unexpected<Error> no_such(std::string_view what) {
  return fail(ErrorKind::not_found,
              fmt::format("nothing at {}", one_line(what)));
}

ordered_json describe(const Entry& entry) {
  const pprof::Profile& profile = *entry.profile;
  ordered_json types = ordered_json::array();
  for (const pprof::ValueKind& kind : profile.sample_types) {
    types.push_back({{"type", profile.strings.at(kind.type)},
                     {"unit", profile.strings.at(kind.unit)}});
  }
  const Result<std::size_t> shown = view::find_sample_index(profile, {});
  const std::chrono::nanoseconds taken(profile.time_nanos);
  return {{"id", entry.id},
          {"title", entry.title},
          {"time",
           taken.count() > 0
               ? ordered_json(format_rfc3339(SystemTime(
                     std::chrono::duration_cast<SystemTime::duration>(taken))))
               : ordered_json()},
          {"duration_seconds",
           profile.duration_nanos > 0
               ? ordered_json(static_cast<double>(profile.duration_nanos) / 1e9)
               : ordered_json()},
          {"default_sample_type",
           shown ? types.at(*shown).at("type") : ordered_json()},
          {"sample_types", std::move(types)},
          {"kind", text_or_null(entry.kind)},
          {"route", text_or_null(entry.route)},
          {"pods", entry.names},
          {"incomplete", entry.is_incomplete}};
}

/// A source file may change while it is looked at.
bool may_be_kept(std::string_view report) {
  return report != "source";
}

}  // namespace

App::App(const Session* session, async::Loop* loop, AppRequest request)
    : session_(session),
      loop_(loop),
      request_(std::move(request)),
      settings_(*session->env) {
  if (request_.live) {
    captures_.emplace(
        session_, request_.read, *request_.live,
        [this](source::LoadedProfile loaded, const CaptureStatus& status) {
          return keep(std::move(loaded), status);
        });
  }
}

std::string App::add(source::LoadedProfile loaded) {
  constexpr bool k_is_capture = false;
  return history_.add(std::move(loaded), "", "", k_is_capture);
}

std::string App::keep(source::LoadedProfile loaded,
                      const CaptureStatus& status) {
  constexpr bool k_is_capture = true;
  const std::string_view kind = pprof::kind_name(status.order.kind);
  if (request_.saves) {
    const Result<std::string> saved =
        source::save_capture(loaded, kind, *session_->env);
    if (!saved) {
      session_->messages->note("not saved: " + saved.error().message);
    }
  }
  return history_.add(std::move(loaded), std::string(kind), status.route,
                      k_is_capture);
}

std::string App::first_path() const {
  if (history_.entries().empty()) {
    return "/ui/targets";
  }
  return base_.empty() ? "/ui/flamegraph"
                       : fmt::format("/ui/flamegraph?base={}{}", base_,
                                     request_.normalizes ? "&norm=t" : "");
}

async::Task<void> App::finish() {
  constexpr std::chrono::milliseconds k_step{10};
  while (captures_ && captures_->count_running() > 0) {
    co_await async::sleep_for(k_step, std::stop_token());
  }
}

async::Task<Response> App::answer(Request request) {
  if (request.path == "/" || request.path == "/ui") {
    co_return Response{.status = 307,
                       .content_type = "",
                       .headers = {{"Location", first_path()}},
                       .body = ""};
  }
  if (std::optional<Response> file = find_page_file(request.path)) {
    co_return *std::move(file);
  }
  Answer answer = no_such(request.path);
  if (request.path == "/download") {
    constexpr bool k_is_download = true;
    answer =
        co_await report(&request, find(request.query, "format"), k_is_download);
  } else if (request.path.starts_with(k_api)) {
    answer = co_await answer_api(
        &request, std::string_view(request.path).substr(k_api.size()));
  }
  co_return answer ? *std::move(answer) : error_response(answer.error());
}

async::Task<App::Answer> App::answer_api(const Request* request,
                                         std::string_view what) {
  if (what == "session") {
    co_return describe_session();
  }
  if (what == "targets") {
    co_return co_await list_targets();
  }
  if (what == "configs") {
    co_return change_settings(*request);
  }
  if (what == k_captures || what.starts_with("captures/")) {
    what.remove_prefix(std::min(what.size(), k_captures.size() + 1));
    co_return change_captures(*request, what);
  }
  constexpr bool k_is_download = false;
  co_return co_await report(request, what, k_is_download);
}

async::Task<App::Answer> App::report(const Request* request,
                                     std::string_view name, bool is_download) {
  CO_TRY_ASSIGN(ViewQuery query, parse_query(request->query, request_.options));
  // `base=` says that nothing shall be compared.
  if (!server::find_parameter(*request, "base")) {
    query.base = base_;
  }
  CO_TRY_ASSIGN(const Entry entry, history_.find(query.profile));
  const std::string parameters =
      settings_text(request->query, entry.id, query.base);
  ReportInput input{.profile = entry.profile,
                    .base = nullptr,
                    .query = std::move(query),
                    .title = entry.title,
                    .flame_data_url = "flame.data?" + parameters};
  if (!input.query.base.empty()) {
    CO_TRY_ASSIGN(const Entry base, history_.find(input.query.base));
    input.base = base.profile;
  }
  const std::string key = fmt::format("{}?{}", name, parameters);
  if (const Document* const kept = is_download ? nullptr : kept_.find(key)) {
    co_return to_response(*kept);
  }
  const auto make = [input = std::move(input), name = std::string(name),
                     stop = request->stop, is_download]() -> Result<Document> {
    if (stop.stop_requested()) {
      return fail(ErrorKind::cancelled, "the program ends");
    }
    return is_download ? make_download(name, input) : make_report(name, input);
  };
  CO_TRY_ASSIGN(Document document, co_await workers_.run(make));
  if (!is_download && may_be_kept(name)) {
    kept_.keep(key, document);
  }
  co_return to_response(std::move(document));
}

App::Answer App::describe_session() const {
  ordered_json profiles = ordered_json::array();
  for (const Entry& entry : history_.entries()) {
    profiles.push_back(describe(entry));
  }
  ordered_json configs = ordered_json::array();
  if (const auto settings = settings_.list()) {
    for (const NamedSettings& one : *settings) {
      configs.push_back({{"name", one.name}, {"query", one.query}});
    }
  }
  ordered_json types = ordered_json::array();
  for (const pprof::ProfileKind kind : pprof::k_default_kinds) {
    types.push_back(pprof::kind_name(kind));
  }
  const collect::CaptureRequest& live = request_.read.live;
  return json_response(
      {{"title", request_.title},
       {"version", k_version},
       {"profiles", std::move(profiles)},
       {"base", text_or_null(base_)},
       {"live",
        {{"can_capture", captures_.has_value()},
         {"targets_selectable",
          request_.live &&
              std::holds_alternative<source::SelectedPods>(*request_.live)},
         {"types", std::move(types)},
         {"seconds", live.plan.cpu_time.count()},
         {"namespace", live.pods.selection.ns}}},
       {"configs", std::move(configs)}});
}

async::Task<App::Answer> App::list_targets() {
  if (!captures_) {
    co_return fail(ErrorKind::not_found,
                   "this page is of files: start it with pods to capture");
  }
  const collect::CaptureRequest& live = request_.read.live;
  std::optional<kube::OpenCluster> cluster;
  if (live.pods.listed == nullptr) {
    CO_TRY_ASSIGN(cluster, kube::open_cluster(live.cluster, *session_));
  }
  const collect::PodSource pods(&live.pods, cluster ? &*cluster : nullptr);
  const collect::SelectionRules rules{.needs_ip = false, .explain_all = true};
  CO_TRY_ASSIGN(const collect::Selected selected, co_await pods.select(rules));
  if (selected.list_failure && selected.targets.empty()) {
    co_return std::unexpected(*selected.list_failure);
  }
  collect::report_list_failure(*session_->messages, selected);
  co_return Response{
      .content_type = "application/json",
      .headers = {},
      .body = report::render_targets(selected, report::TargetsFormat::json)};
}

Result<std::string> App::start_capture(const Request& request) {
  TRY_ASSIGN(CaptureOrder order, parse_order(request.body));
  return captures_->start(*loop_, std::move(order));
}

App::Answer App::change_captures(const Request& request, std::string_view id) {
  if (!captures_) {
    return fail(ErrorKind::not_found,
                "this page is of files: start it with pods to capture");
  }
  if (id.empty() && request.method == "POST") {
    TRY_ASSIGN(const std::string begun, start_capture(request));
    return json_response({{"id", begun}}, 202);
  }
  if (request.method == "DELETE") {
    TRY(captures_->stop(id));
  }
  TRY_ASSIGN(const CaptureStatus* const status, captures_->find(id));
  return json_response(describe(id, *status));
}

App::Answer App::change_settings(const Request& request) {
  const std::string name = find(request.query, "config");
  if (request.method == "POST") {
    TRY(settings_.save(
        {.name = name, .query = "?" + settings_text(request.query)}));
  } else if (request.method == "DELETE") {
    TRY(settings_.remove(name));
  }
  return json_response({{"ok", true}});
}

}  // namespace kprofefe::web
