// SPDX-License-Identifier: MIT
#include "http/transfer.hpp"

#include "base/duration.hpp"
#include "base/text.hpp"
#include "http/curl_error.hpp"
#include "http/proxy.hpp"
#include "http/system_ca.hpp"
#include "http/tunnel_socket.hpp"

#include <asio/post.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::http {

Transfer::Transfer(asio::io_context& context, Request request, Purpose purpose,
                   OnEnd on_end)
    : context_(context),
      request_(std::move(request)),
      purpose_(purpose),
      on_end_(std::move(on_end)),
      easy_(curl_easy_init()),
      deadline_(context),
      time_left_(request_.timeout) {}

Transfer::~Transfer() = default;

template <typename Value>
void Transfer::set(CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy_.get(), option, value);
  if (setup_error_ == CURLE_OK) {
    setup_error_ = code;
  }
}

void Transfer::set_blob(CURLoption option, std::string_view bytes) {
  curl_blob blob{const_cast<char*>(bytes.data()), bytes.size(),
                 CURL_BLOB_NOCOPY};
  set(option, &blob);
}

Result<void> Transfer::prepare(const std::string& user_agent) {
  TRY_ASSIGN(url_, parse_url(request_.url));
  set(CURLOPT_URL, request_.url.c_str());
  // A path goes as it is written: what libcurl makes of dot segments would
  // be another resource than the one that was judged.
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_USERAGENT, user_agent.c_str());
  set(CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(request_.connect_timeout.count()));
  set(CURLOPT_ERRORBUFFER, error_text_.data());
  set(CURLOPT_PRIVATE, this);
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_FORBID_REUSE, request_.last_on_connection ? 1L : 0L);
  TRY(set_proxy());
  if (purpose_ == Purpose::connection) {
    set_connection_only();
  } else {
    set_headers();
    set_body();
  }
  TRY(set_tls());
  set_tunnel();
  if (setup_error_ != CURLE_OK) {
    return fail(ErrorKind::config, curl_easy_strerror(setup_error_));
  }
  return {};
}

void Transfer::set_headers() {
  // "Expect:" without a value: no 100-continue round trip before a body.
  curl_slist* lines = curl_slist_append(nullptr, "Expect:");
  for (const auto& [key, value] : request_.headers) {
    // Of "Name:" libcurl would send nothing.
    const std::string line =
        value.empty() ? key + ";" : fmt::format("{}: {}", key, value);
    lines = curl_slist_append(lines, line.c_str());
  }
  // Ours, as libcurl's own leaves the scheme's port out, and has the name to
  // verify where there is one. Of two the first holds.
  lines = curl_slist_append(lines, ("Host: " + host_header(url_)).c_str());
  header_lines_.reset(lines);
  set(CURLOPT_HTTPHEADER, lines);
}

void Transfer::set_body() {
  if (request_.method == "POST") {
    set(CURLOPT_POST, 1L);
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): size follows
    set(CURLOPT_POSTFIELDS, request_.body.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE,
        static_cast<curl_off_t>(request_.body.size()));
  } else if (request_.method != "GET") {
    set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  }
}

Result<void> Transfer::set_ca(CURLoption file, CURLoption blob) {
  const Tls* tls = request_.tls.get();
  if (tls != nullptr && !tls->ca_pem.empty()) {
    set_blob(blob, tls->ca_pem);
    return {};
  }
  const SystemCa& system = system_ca();
  if (!system.error.empty() && (tls == nullptr || !tls->insecure)) {
    return fail(ErrorKind::config, system.error);
  }
  if (!system.pem.empty()) {
    set_blob(blob, system.pem);
  } else if (!system.file.empty()) {
    set(file, system.file.c_str());
  }
  return {};
}

Result<void> Transfer::set_tls() {
  const Tls* tls = request_.tls.get();
  if (url_.scheme == "https") {
    TRY(set_ca(CURLOPT_CAINFO, CURLOPT_CAINFO_BLOB));
  }
  if (tls == nullptr) {
    return {};
  }
  if (tls->insecure) {
    set(CURLOPT_SSL_VERIFYPEER, 0L);
    set(CURLOPT_SSL_VERIFYHOST, 0L);
  }
  if (!tls->client_cert_pem.empty()) {
    set_blob(CURLOPT_SSLCERT_BLOB, tls->client_cert_pem);
    set_blob(CURLOPT_SSLKEY_BLOB, tls->client_key_pem);
  }
  if (!tls->server_name.empty()) {
    set_server_name(tls->server_name);
  }
  return {};
}

Result<void> Transfer::set_proxy() {
  if (!request_.proxy) {
    static const Env env = Env::of_process();
    TRY_ASSIGN(request_.proxy, proxy_from_environment(env, url_));
  }
  // Both keep libcurl from looking at the environment.
  set(CURLOPT_PROXY, request_.proxy->c_str());
  set(CURLOPT_NOPROXY, "");
  if (request_.proxy->starts_with("https:")) {
    TRY(set_proxy_tls());
  }
  return {};
}

/// As Go's transport: a proxy behind TLS is verified, and answered, like the
/// server.
Result<void> Transfer::set_proxy_tls() {
  const Tls* tls = request_.tls.get();
  TRY(set_ca(CURLOPT_PROXY_CAINFO, CURLOPT_PROXY_CAINFO_BLOB));
  if (tls != nullptr && tls->insecure) {
    set(CURLOPT_PROXY_SSL_VERIFYPEER, 0L);
    set(CURLOPT_PROXY_SSL_VERIFYHOST, 0L);
  }
  if (tls != nullptr && !tls->client_cert_pem.empty()) {
    set_blob(CURLOPT_PROXY_SSLCERT_BLOB, tls->client_cert_pem);
    set_blob(CURLOPT_PROXY_SSLKEY_BLOB, tls->client_key_pem);
  }
  return {};
}

/// libcurl takes SNI and the name to verify from the URL: the URL gets the
/// name, CONNECT_TO the real address.
void Transfer::set_server_name(const std::string& name) {
  connect_to(authority(url_.host, url_.port));
  const std::string rest = request_.url.substr(
      std::min(request_.url.find_first_of("/?", url_.scheme.size() + 3),
               request_.url.size()));
  set(CURLOPT_URL,
      fmt::format("{}://{}{}", url_.scheme, authority(name, url_.port), rest)
          .c_str());
}

void Transfer::connect_to(const std::string& where) {
  connect_to_.reset(curl_slist_append(nullptr, ("::" + where).c_str()));
  set(CURLOPT_CONNECT_TO, connect_to_.get());
}

void Transfer::set_connection_only() {
  set(CURLOPT_CONNECT_ONLY, 1L);
  // Who speaks first afterwards speaks HTTP/1.1, and to the server: a proxy
  // of plain HTTP must be asked for a tunnel.
  set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  set(CURLOPT_HTTPPROXYTUNNEL, 1L);
}

void Transfer::set_tunnel() {
  if (request_.tunnel == nullptr) {
    return;
  }
  connect_to(request_.tunnel->id);
  set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open_socket);
  set(CURLOPT_OPENSOCKETDATA, this);
  set(CURLOPT_SOCKOPTFUNCTION, &on_tunnel_socket);
}

curl_socket_t Transfer::on_open_socket(void* self, curlsocktype /*purpose*/,
                                       curl_sockaddr* address) {
  const Transfer& transfer = *static_cast<Transfer*>(self);
  return open_tunnel_socket(transfer.context_, transfer.request_.tunnel,
                            address);
}

void Transfer::watch(OnAbort on_abort) {
  on_abort_ = std::move(on_abort);
  start_deadline();
  const auto stop = [weak = weak_from_this(), &context = context_] {
    asio::post(context, [weak] {
      if (const auto self = weak.lock()) {
        self->on_abort_(*self, {ErrorKind::cancelled, "interrupted"});
      }
    });
  };
  on_stop_.emplace(request_.stop, stop);
}

void Transfer::start_deadline() {
  running_since_ = std::chrono::steady_clock::now();
  deadline_.expires_after(time_left_);
  deadline_.async_wait(
      [weak = weak_from_this()](const asio::error_code& error) {
        const auto self = weak.lock();
        if (!error && self) {
          self->on_abort_(*self, self->too_late());
        }
      });
}

Error Transfer::too_late() const {
  if (only_connects()) {
    return describe_curl_error({.code = CURLE_OPERATION_TIMEDOUT,
                                .proxy = request_.proxy.value_or(""),
                                .connect_timeout = request_.timeout});
  }
  return {ErrorKind::timeout, fmt::format("no complete answer within {}",
                                          format_duration(request_.timeout))};
}

void Transfer::stop_deadline() {
  deadline_.cancel();
  time_left_ -= std::chrono::steady_clock::now() - running_since_;
}

void Transfer::resume() {
  if (std::exchange(paused_, false)) {
    start_deadline();
    curl_easy_pause(easy_.get(), CURLPAUSE_CONT);
  }
}

void Transfer::end(Result<Response> outcome) {
  deadline_.cancel();
  on_stop_.reset();
  if (on_end_) {
    std::exchange(on_end_, nullptr)(std::move(outcome));
  }
}

Result<Response> Transfer::outcome(CURLcode code) {
  if (refused_) {
    return std::unexpected(*refused_);
  }
  if (code != CURLE_OK) {
    long os_error = 0;
    long tunnel = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &os_error);
    curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &tunnel);
    const std::string proxy = request_.proxy.value_or("");
    return std::unexpected(describe_curl_error(
        {.code = code,
         .detail = error_text_.data(),
         .os_error = os_error,
         .proxy = proxy,
         .connect_timeout = request_.connect_timeout,
         .was_in_proxys_tls = proxy.starts_with("https:") && tunnel == 0}));
  }
  long status = 0;
  long version = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_VERSION, &version);
  response_.status = static_cast<int>(status);
  response_.proven_complete =
      has_length_ || chunked_ || version >= CURL_HTTP_VERSION_2_0;
  response_.body.lease.close_to_growth();
  return std::move(response_);
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count,
                                void* self) {
  static_cast<Transfer*>(self)->receive_header({data, size * count});
  return size * count;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count,
                              void* self) {
  return static_cast<Transfer*>(self)->receive_body({data, size * count});
}

void Transfer::receive_header(std::string_view line) {
  if (line.starts_with("HTTP/")) {
    // A new status line: what came before was an interim response.
    response_.headers.clear();
    has_length_ = chunked_ = false;
    return;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) {
    return;
  }
  const std::string_view name = trim(line.substr(0, colon));
  const std::string_view value = trim(line.substr(colon + 1));
  has_length_ |= equals_ignoring_case(name, "Content-Length");
  chunked_ |= equals_ignoring_case(name, "Transfer-Encoding");
  response_.headers.emplace_back(name, value);
}

void Transfer::open_lease() {
  const auto resume_later = [weak = weak_from_this(), &context = context_] {
    asio::post(context, [weak] {
      if (const auto self = weak.lock()) {
        self->resume();
      }
    });
  };
  response_.body.lease = request_.budget->open(resume_later);
}

std::size_t Transfer::receive_body(std::string_view bytes) {
  std::string& body = response_.body.bytes;
  if (body.size() + bytes.size() > request_.max_body_bytes) {
    refused_ = Error{ErrorKind::malformed,
                     fmt::format("the body is larger than {} bytes",
                                 request_.max_body_bytes)};
    return CURL_WRITEFUNC_ERROR;
  }
  if (request_.budget != nullptr && !std::exchange(has_lease_, true)) {
    open_lease();
  }
  if (!response_.body.lease.grow(bytes.size())) {
    paused_ = true;
    stop_deadline();
    return CURL_WRITEFUNC_PAUSE;
  }
  body.append(bytes);
  return bytes.size();
}

}  // namespace kprofefe::http
