// SPDX-License-Identifier: MIT
// What a Transfer sets on its easy handle.
#include "http/proxy.hpp"
#include "http/tls_context.hpp"
#include "http/transfer.hpp"
#include "http/tunnel_socket.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::http {

/// Of each request that sends a body, and many are under way at once: the least
/// that libcurl takes.
constexpr long k_upload_buffer_bytes = 16L << 10;

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

Result<void> Transfer::prepare(Surroundings& surroundings) {
  if (easy_ == nullptr) {
    return fail(ErrorKind::io, "not enough memory for the request");
  }
  TRY_ASSIGN(url_, parse_url(request_.url));
  set(CURLOPT_URL, request_.url.c_str());
  // A path goes as it is written: what libcurl makes of dot segments would
  // be another resource than the one that was judged.
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  // What does not begin like HTTP is shown to us instead of being refused.
  set(CURLOPT_HTTP09_ALLOWED, 1L);
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_USERAGENT, surroundings.user_agent.c_str());
  set(CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(request_.limits.connect_timeout.count()));
  set(CURLOPT_ERRORBUFFER, error_text_.data());
  set(CURLOPT_PRIVATE, this);
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_FRESH_CONNECT, request_.fresh_connection ? 1L : 0L);
  set(CURLOPT_FORBID_REUSE, request_.limits.last_on_connection ? 1L : 0L);
  TRY(set_proxy(surroundings));
  if (purpose_ == Purpose::connection) {
    set_connection_only();
  } else {
    set_headers();
    set_body();
  }
  TRY(set_tls(surroundings));
  set_tunnel();
  set_name_cache();
  if (setup_error_ != CURLE_OK) {
    return fail(ErrorKind::config, curl_easy_strerror(setup_error_));
  }
  return {};
}

/// A list that cannot grow stays as it is, and the request is not sent.
void Transfer::append(curl_slist*& list, const std::string& line) {
  curl_slist* const longer = curl_slist_append(list, line.c_str());
  if (longer != nullptr) {
    list = longer;
  } else {
    setup_error_ = CURLE_OUT_OF_MEMORY;
  }
}

void Transfer::set_headers() {
  curl_slist* lines = nullptr;
  // Without a value: no 100-continue round trip before a body.
  append(lines, "Expect:");
  for (const auto& [key, value] : request_.headers) {
    // Of "Name:" libcurl would send nothing.
    const std::string line =
        value.empty() ? key + ";" : fmt::format("{}: {}", key, value);
    append(lines, line);
  }
  // Ours, as libcurl's own leaves the scheme's port out, and has the name to
  // verify where there is one. Of two the first holds.
  append(lines, "Host: " + host_header(url_));
  header_lines_.reset(lines);
  set(CURLOPT_HTTPHEADER, lines);
}

void Transfer::set_body() {
  if (request_.method == "POST") {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_UPLOAD_BUFFERSIZE, k_upload_buffer_bytes);
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): size follows
    set(CURLOPT_POSTFIELDS, request_.body.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE,
        static_cast<curl_off_t>(request_.body.size()));
  } else if (request_.method != "GET") {
    set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  }
}

Result<void> Transfer::set_ca(Surroundings& surroundings, CURLoption file,
                              CURLoption blob) {
  const Tls* tls = request_.tls.get();
  if (tls != nullptr && !tls->ca_pem.empty()) {
    set_blob(blob, tls->ca_pem);
    return {};
  }
  if (!surroundings.system_ca) {
    surroundings.system_ca = find_system_ca(*surroundings.env);
  }
  const SystemCa& system = *surroundings.system_ca;
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

Result<void> Transfer::set_tls(Surroundings& surroundings) {
  const Tls* tls = request_.tls.get();
  if (url_.scheme == "https") {
    TRY(set_ca(surroundings, CURLOPT_CAINFO, CURLOPT_CAINFO_BLOB));
  }
  set(CURLOPT_SSL_CTX_FUNCTION, &prepare_tls_context);
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

Result<void> Transfer::set_proxy(Surroundings& surroundings) {
  if (!request_.proxy) {
    TRY_ASSIGN(request_.proxy, proxy_from_environment(*surroundings.env, url_));
  }
  // Both keep libcurl from looking at the environment.
  set(CURLOPT_PROXY, request_.proxy->c_str());
  set(CURLOPT_NOPROXY, "");
  if (request_.proxy->starts_with("https:")) {
    TRY(set_proxy_tls(surroundings));
  }
  return {};
}

/// As Go's transport: a proxy behind TLS is verified, and answered, like the
/// server.
Result<void> Transfer::set_proxy_tls(Surroundings& surroundings) {
  const Tls* tls = request_.tls.get();
  TRY(set_ca(surroundings, CURLOPT_PROXY_CAINFO, CURLOPT_PROXY_CAINFO_BLOB));
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
  curl_slist* list = nullptr;
  append(list, "::" + where);
  connect_to_.reset(list);
  set(CURLOPT_CONNECT_TO, list);
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

/// libcurl keeps what it has resolved, addresses that are none to resolve among
/// it, and looks through all of it for each transfer that ends: with ten
/// thousand pods that is most of the work.
void Transfer::set_name_cache() {
  if (request_.tunnel != nullptr || is_ip_address(url_.host)) {
    set(CURLOPT_DNS_CACHE_TIMEOUT, 0L);
  }
}

curl_socket_t Transfer::on_open_socket(void* self, curlsocktype /*purpose*/,
                                       curl_sockaddr* address) {
  const Transfer& transfer = *static_cast<Transfer*>(self);
  return open_tunnel_socket(transfer.context_, transfer.request_.tunnel,
                            address);
}

}  // namespace kprofefe::http
