// SPDX-License-Identifier: MIT
#include "api/access_log.hpp"

#include "base/json_escape.hpp"
#include "base/moment.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace kprofefe::api {
namespace {

struct Entry {
  SystemTime time;
  std::string client;
  std::string method;
  std::string target;
  int status = 0;
  std::size_t received = 0;
  std::size_t sent = 0;
  double milliseconds = 0;
};

std::string to_text(const Entry& entry) {
  return fmt::format("{} {} {} {} {} {} {} {:.1f}ms",
                     format_rfc3339(entry.time), entry.client, entry.method,
                     entry.target, entry.status, entry.received, entry.sent,
                     entry.milliseconds);
}

std::string to_json(const Entry& entry) {
  using nlohmann::ordered_json;
  const ordered_json json = {{"time", format_rfc3339(entry.time)},
                             {"client", entry.client},
                             {"method", entry.method},
                             {"target", entry.target},
                             {"status", entry.status},
                             {"received", entry.received},
                             {"sent", entry.sent},
                             {"milliseconds", entry.milliseconds}};
  return escape_controls(
      json.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

Entry entry_of(const server::Request& request) {
  constexpr std::size_t k_most = 1000;
  const std::string target =
      request.raw_query.empty()
          ? request.path
          : fmt::format("{}?{}", request.path, request.raw_query);
  return {.time = std::chrono::system_clock::now(),
          .client = request.client,
          .method = request.method,
          .target = one_line(target, k_most),
          .received = request.body.size()};
}

class Log {
 public:
  Log(server::Handler inner, LogFormat format, LogLine log)
      : inner_(std::move(inner)), format_(format), log_(std::move(log)) {}

  async::Task<server::Response> answer(server::Request request) const {
    Entry entry = entry_of(request);
    const auto begun = std::chrono::steady_clock::now();
    server::Response response = co_await inner_(std::move(request));
    const std::chrono::duration<double, std::milli> took =
        std::chrono::steady_clock::now() - begun;
    entry.status = response.status;
    entry.sent = response.body.size();
    entry.milliseconds = took.count();
    log_(format_ == LogFormat::json ? to_json(entry) : to_text(entry));
    co_return response;
  }

 private:
  server::Handler inner_;
  LogFormat format_;
  LogLine log_;
};

}  // namespace

server::Handler log_requests(server::Handler inner, LogFormat format,
                             LogLine log) {
  if (format == LogFormat::none) {
    return inner;
  }
  return
      [kept = std::make_shared<const Log>(
           std::move(inner), format, std::move(log))](server::Request request) {
        return kept->answer(std::move(request));
      };
}

}  // namespace kprofefe::api
