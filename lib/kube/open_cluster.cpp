// SPDX-License-Identifier: MIT
#include "kube/open_cluster.hpp"

#include "base/text.hpp"
#include "http/url.hpp"
#include "kube/resolve_cluster.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace kprofefe::kube {
namespace {

Env with_kuberc(const std::string& kuberc, Env env) {
  if (!kuberc.empty()) {
    env.variables.insert_or_assign("KUBERC", kuberc);
  }
  return env;
}

}  // namespace

Result<OpenCluster> open_cluster(const ClusterRequest& request,
                                 const Session& session) {
  TRY_ASSIGN(ClusterConfig config,
             resolve_cluster(request.choice,
                             with_kuberc(request.kuberc, *session.env)));
  Messages* const messages = session.messages;
  for (const std::string& warning : config.warnings) {
    messages->note(warning);
  }
  if (session.http->log().wants(DebugLog::k_decisions)) {
    session.http->log().print(
        fmt::format("API server {} ({}), namespace {}",
                    one_line(http::loggable_url(http::origin(config.server))),
                    config.source, config.ns));
  }
  OpenCluster cluster{.ns = config.ns, .in_cluster = config.in_cluster};
  cluster.api = std::make_unique<Api>(
      session.http, std::move(config),
      ApiOptions{.timeout = request.timeout,
                 .stop = session.stop,
                 .on_warning = [messages](std::string_view text) {
                   messages->note("warning from the API server: " +
                                  std::string(text));
                 }});
  return cluster;
}

Result<Milliseconds> parse_request_timeout(std::string_view text) {
  constexpr Milliseconds k_no_limit = std::chrono::hours(24 * 365);
  const bool seconds = !text.empty() && text.find_first_not_of("0123456789") ==
                                            std::string_view::npos;
  const Result<Milliseconds> timeout =
      parse_duration(std::string(text) + (seconds ? "s" : ""));
  if (!timeout || timeout->count() < 0) {
    return fail(ErrorKind::usage,
                fmt::format("invalid duration \"{}\": use 30s, 5m or 1h30m, or "
                            "0 for no limit",
                            text));
  }
  return timeout->count() == 0 ? k_no_limit : *timeout;
}

}  // namespace kprofefe::kube
