// SPDX-License-Identifier: MIT
#include "kube/api.hpp"

#include "async/sleep.hpp"
#include "base/text.hpp"
#include "http/redirect.hpp"
#include "kube/api/status.hpp"
#include "kube/names.hpp"
#include "kube/pods/pod_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace kprofefe::kube {
namespace {

/// A pod that wants more than this between two tries is not waited for; the
/// API server's own limits (APF) want a second.
constexpr std::chrono::milliseconds k_max_wait_for_pod{5000};

/// In words of the API server, and for a forward: its node does not answer.
constexpr int k_internal_error = 500;

constexpr std::string_view k_accept = "Accept";
constexpr std::string_view k_authorization = "Authorization";

/// Puts `credential` into a request, in place of what was there.
void show(const Credential& credential, http::Request& request) {
  std::erase_if(request.headers, [](const auto& header) {
    return header.first == k_authorization;
  });
  if (!credential.authorization.empty()) {
    request.headers.emplace_back(k_authorization, credential.authorization);
  }
  if (credential.tls) {
    request.tls = credential.tls;
  }
}

/// The response in an answer; null: there is none, or it is a WebSocket.
const http::Response* response_of(const Result<http::Response>& answer) {
  return answer ? &*answer : nullptr;
}

const http::Response* response_of(
    const Result<http::WebSocket::Opened>& answer) {
  return answer ? std::get_if<http::Response>(&*answer) : nullptr;
}

/// The headers with which the API server itself answered; null: a pod may have
/// written them. Through the proxy a pod may send what it likes: there only a
/// Status is the API server's.
const http::Headers* own_headers(const Result<http::Response>& answer,
                                 bool may_be_pods) {
  const bool is_own =
      answer && (!may_be_pods || parse_status(answer->body.bytes).has_value());
  return is_own ? &answer->headers : nullptr;
}

const http::Headers* own_headers(const Result<http::WebSocket::Opened>& answer,
                                 bool /*may_be_pods*/) {
  if (const http::Response* refusal = response_of(answer)) {
    return &refusal->headers;
  }
  return answer
             ? &std::get<std::shared_ptr<http::WebSocket>>(*answer)->headers()
             : nullptr;
}

/// Whether the API server does not accept who we say we are. A pod that it
/// passes us on to has logins of its own, and no Status to refuse them with.
bool rejects_credentials(const http::Response& response, bool may_be_pods) {
  constexpr int k_unauthorized = 401;
  return response.status == k_unauthorized &&
         (!may_be_pods || parse_status(response.body.bytes));
}

}  // namespace

Api::Api(http::Client* client, ClusterConfig cluster, ApiOptions options)
    : client_(client),
      cluster_(std::move(cluster)),
      options_(std::move(options)),
      warnings_(options_.on_warning) {}

http::Request Api::request(std::string_view path_and_query) const {
  http::Request request;
  const http::Url& server = cluster_.server;
  request.url =
      fmt::format("{}://{}{}{}", server.scheme, http::host_header(server),
                  server.path, path_and_query);
  request.headers.emplace_back(k_accept, "application/json");
  request.headers.insert(request.headers.end(), cluster_.headers.begin(),
                         cluster_.headers.end());
  request.limits.connect_timeout =
      std::min(options_.connect_timeout, options_.timeout);
  request.limits.timeout = options_.timeout;
  request.tls = cluster_.tls;
  request.proxy = cluster_.proxy;
  request.limits.stop = options_.stop;
  return request;
}

CredentialSource::Access Api::access() const {
  return {.client = client_, .stop = options_.stop};
}

/// What we have was not accepted: what else there is to show. Who has nothing
/// newer is not asked for it again, as that may run a program each time.
async::Task<Result<std::optional<Credential>>> Api::newer_than(
    Credential rejected) {
  if (last_resort_ == rejected) {
    co_return std::nullopt;
  }
  const Result<bool> renewed =
      co_await cluster_.credentials->renew(access(), rejected);
  if (renewed && *renewed) {
    CO_TRY_ASSIGN(Credential newer,
                  co_await cluster_.credentials->current(access()));
    if (newer != rejected) {
      co_return std::move(newer);
    }
  }
  last_resort_ = std::move(rejected);
  CO_TRY(renewed);
  co_return std::nullopt;
}

template <typename Answer>
void Api::note_warnings(const Result<Answer>& answer, Wanted wanted) {
  if (const auto* headers = own_headers(answer, wanted == Wanted::pod)) {
    warnings_.take(*headers);
  }
}

template <typename Answer>
async::Task<Result<Answer>> Api::ask_once(http::Request request,
                                          Way<Answer> way, Wanted wanted) {
  CO_TRY_ASSIGN(Credential credential,
                co_await cluster_.credentials->current(access()));
  show(credential, request);
  Result<Answer> answer = co_await way(request);
  const http::Response* response = response_of(answer);
  note_warnings(answer, wanted);
  if (response == nullptr ||
      !rejects_credentials(*response, wanted == Wanted::pod)) {
    co_return answer;
  }
  CO_TRY_ASSIGN(std::optional<Credential> newer,
                co_await newer_than(std::move(credential)));
  if (!newer) {
    co_return answer;
  }
  show(*newer, request);
  answer = co_await way(std::move(request));
  note_warnings(answer, wanted);
  co_return answer;
}

/// As kubectl: who was never there, or is there and says nothing, is not waited
/// for again. What is between us and a pod is for its route to judge.
int Api::tries_after(const Error& error, Wanted wanted) const {
  const bool may_help = wanted == Wanted::object && has_answered_ &&
                        error.kind != ErrorKind::timeout &&
                        http::is_retryable(error);
  return may_help ? options_.retry.attempts : 1;
}

int Api::tries_after(const http::Response& response, Wanted wanted) const {
  const auto asked = http::retry_after(response);
  if (!http::is_retryable(response)) {
    return 1;
  }
  if (wanted == Wanted::pod) {
    return asked && *asked <= k_max_wait_for_pod ? options_.retry.attempts : 1;
  }
  if (asked) {
    return options_.tries_when_asked_to_wait;
  }
  const bool is_about_node = wanted == Wanted::websocket &&
                             response.status == k_internal_error &&
                             parse_status(response.body.bytes).has_value();
  return is_about_node ? 1 : options_.retry.attempts;
}

template <typename Answer>
async::Task<Result<Answer>> Api::ask(http::Request request, Way<Answer> way,
                                     Wanted wanted) {
  for (int attempt = 1;; ++attempt) {
    Result<Answer> answer = co_await ask_once(request, way, wanted);
    const http::Response* response = response_of(answer);
    if (answer && response == nullptr) {
      co_return answer;
    }
    const int tries = response == nullptr ? tries_after(answer.error(), wanted)
                                          : tries_after(*response, wanted);
    has_answered_ |= answer.has_value();
    if (attempt >= tries) {
      co_return answer;
    }
    const auto delay = http::retry_delay(options_.retry, attempt, response);
    http::log_retry(*client_, request,
                    response != nullptr
                        ? fmt::format("status {}", response->status)
                        : answer.error().message,
                    delay);
    const bool waited = co_await async::sleep_for(delay, request.limits.stop);
    if (!waited) {
      co_return fail(ErrorKind::cancelled, "interrupted");
    }
  }
}

async::Task<Result<http::Response>> Api::send(http::Request request,
                                              Wanted wanted) {
  const Way<http::Response> way = [client = client_](http::Request what) {
    return client->send(std::move(what));
  };
  co_return co_await ask(std::move(request), way, wanted);
}

async::Task<Result<http::Response>> Api::get_object(http::Request request) {
  http::RedirectChain chain(request.url);
  for (;;) {
    Result<http::Response> response = co_await send(request, Wanted::object);
    if (!response) {
      co_return response;
    }
    Result<std::optional<std::string>> next = chain.next(*response);
    if (!next || !*next) {
      co_return response;  // a redirect elsewhere is explained as an answer
    }
    request.url = **std::move(next);
  }
}

async::Task<Result<http::Response>> Api::send_to_pod(http::Request request) {
  co_return co_await send(std::move(request), Wanted::pod);
}

async::Task<Result<http::WebSocket::Opened>> Api::open_websocket(
    std::string path_and_query, std::string subprotocol,
    std::chrono::milliseconds limit, std::stop_token stop) {
  http::Request wanted = request(path_and_query);
  // With an Accept for JSON the API server answers 406 and no WebSocket.
  std::erase_if(wanted.headers,
                [](const auto& header) { return header.first == k_accept; });
  wanted.limits.timeout = limit;
  wanted.limits.stop = std::move(stop);
  const Way<http::WebSocket::Opened> way = [client = client_,
                                            subprotocol](http::Request what) {
    return http::WebSocket::open(client, std::move(what), subprotocol);
  };
  co_return co_await ask(std::move(wanted), way, Wanted::websocket);
}

std::optional<Error> Api::refusal_of_proxy(
    const std::string& ns, const std::string& pod,
    const http::Response& response) const {
  return explain_proxy_refusal(
      {.verb = "get", .resource = "pods/proxy", .ns = ns, .name = pod},
      cluster_, response);
}

std::string pod_proxy_path(std::string_view ns, std::string_view pod,
                           std::uint16_t port, bool https) {
  return fmt::format("/api/v1/namespaces/{}/pods/{}{}:{}/proxy", ns,
                     https ? "https:" : "", pod, port);
}

}  // namespace kprofefe::kube
