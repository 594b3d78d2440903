// SPDX-License-Identifier: MIT
#include "http/proxy.hpp"

#include "base/text.hpp"
#include "http/curl_url.hpp"
#include "http/no_proxy.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace kprofefe::http {
namespace {

/// What libcurl calls the scheme, and the port that Go takes for it.
struct Scheme {
  std::string_view name;
  std::string_view curl_name;
  std::string_view port;
};

constexpr std::array k_schemes = {
    Scheme{"http", "http", "80"},
    Scheme{"https", "https", "443"},
    Scheme{"socks5", "socks5h", "1080"},
    Scheme{"socks5h", "socks5h", "1080"},
};

std::string user_part(const CurlUrl& url) {
  const std::string user = url_part(url, CURLUPART_USER);
  const std::string password = url_part(url, CURLUPART_PASSWORD);
  if (user.empty() && password.empty()) {
    return {};
  }
  return fmt::format("{}:{}@", user, password);
}

}  // namespace

Result<std::string> parse_proxy_url(std::string_view text) {
  const CurlUrl url = new_curl_url();
  const CURLUcode code = set_url(url, text, CURLU_NON_SUPPORT_SCHEME);
  if (code != CURLUE_OK) {
    return fail(ErrorKind::usage, fmt::format("could not parse \"{}\" ({})",
                                              one_line(without_user(text)),
                                              curl_url_strerror(code)));
  }
  const std::string scheme = url_part(url, CURLUPART_SCHEME);
  for (const Scheme& known : k_schemes) {
    if (known.name == scheme) {
      const std::string port = url_part(url, CURLUPART_PORT);
      return fmt::format("{}://{}{}:{}", known.curl_name, user_part(url),
                         url_part(url, CURLUPART_HOST),
                         port.empty() ? known.port : port);
    }
  }
  return fail(ErrorKind::usage,
              fmt::format("unsupported scheme \"{}\", must be http, https, or "
                          "socks5",
                          one_line(scheme)));
}

Result<std::string> proxy_from_environment(const Env& env, const Url& url) {
  using Names = std::pair<const char*, const char*>;
  const Names names = url.scheme == "https"
                          ? Names{"HTTPS_PROXY", "https_proxy"}
                          : Names{"HTTP_PROXY", "http_proxy"};
  for (const char* name : {names.first, names.second}) {
    const auto value = env.get(name);
    if (!value) {
      continue;
    }
    const auto exceptions = env.get("NO_PROXY");
    if (!uses_proxy(exceptions ? *exceptions : env.get("no_proxy").value_or(""),
                    url.host, url.port)) {
      return "";
    }
    const Result<std::string> proxy =
        parse_proxy_url(value->contains("://") ? *value : "http://" + *value);
    return proxy ? proxy : std::unexpected(proxy.error().with_context(name));
  }
  return "";
}

}  // namespace kprofefe::http
