// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe {

/// What went wrong, as far as a caller may want to act on it.
enum class ErrorKind : std::uint8_t {
  usage,        ///< flags or arguments make no sense: exit code 2
  config,       ///< kubeconfig, annotation or environment is wrong
  not_found,    ///< the named object does not exist
  denied,       ///< 401 or 403
  unreachable,  ///< no connection: refused, no route, unknown name, no TLS
  untrusted,    ///< the peer's certificate cannot be verified
  network,      ///< a connection broke before the exchange was complete
  timeout,      ///< a deadline passed
  http_status,  ///< the peer answered with a status that means failure
  malformed,    ///< bytes that are not what they should be, or too many
  busy,         ///< the pod's profiler is in use by another client
  io,           ///< the local file system
  cancelled,    ///< interrupted by the user
  reader_gone,  ///< the reader closed our standard output
};

/// What exactly went wrong, where code decides by that: a message is for
/// people, and rewording it changes nothing else.
enum class ErrorDetail : std::uint8_t {
  none,
  not_started,          ///< a program could not be started
  not_acceptable,       ///< a body is of a kind for which another can be asked
  body_cut,             ///< the connection ended before the body was complete
  body_too_large,       ///< more bytes than the limit allows
  closed_unanswered,    ///< the connection was closed without an answer
  reset,                ///< the peer has reset the connection
  not_http,             ///< the answer is not HTTP/1.1
  speaks_tls,           ///< the answer is TLS, and plain HTTP was spoken
  speaks_plain_http,    ///< the answer is not TLS, which was spoken
  speaks_http2,         ///< the answer is HTTP/2, and HTTP/1.1 was spoken
  tls,                  ///< some other failure of TLS
  certificate_refused,  ///< the peer does not accept the client certificate
  certificate_wanted,   ///< the peer wants a client certificate
  nothing_captured,     ///< pods were reached, and none had a profile
};

/// A failure: its kind, and one line for people that says what failed, on
/// which object, why, and where possible what to do. Never holds a secret.
struct Error {
  ErrorKind kind;
  std::string message;
  ErrorDetail detail = ErrorDetail::none;
  bool is_at_proxy = false;  ///< on the way there, at a proxy that it names

  /// The same failure, its message prefixed with `what: `.
  [[nodiscard]] Error with_context(std::string_view what) const {
    return {kind, std::string(what) + ": " + message, detail, is_at_proxy};
  }
};

/// A value, or the reason why there is none.
template <typename T>
using Result = std::expected<T, Error>;

/// `return fail(ErrorKind::io, "...")` in a function that returns a Result.
[[nodiscard]] inline std::unexpected<Error> fail(ErrorKind kind,
                                                 std::string message) {
  return std::unexpected(Error{kind, std::move(message)});
}

}  // namespace kprofefe

// Statements only: as an expression the macro would need an extension that
// coroutines do not survive. A keyword, a name and a declaration cannot stand
// in parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define KPROFEFE_CONCAT_(a, b) a##b
#define KPROFEFE_CONCAT(a, b) KPROFEFE_CONCAT_(a, b)

#define KPROFEFE_TRY_(return_, tmp, expression)        \
  do {                                                 \
    auto tmp = (expression);                           \
    if (!tmp) {                                        \
      return_ std::unexpected(std::move(tmp).error()); \
    }                                                  \
  } while (false)

#define KPROFEFE_TRY_ASSIGN_(return_, tmp, variable, expression) \
  auto tmp = (expression);                                       \
  if (!tmp) {                                                    \
    return_ std::unexpected(std::move(tmp).error());             \
  }                                                              \
  variable = std::move(tmp).value()
// NOLINTEND(bugprone-macro-parentheses)

/// Returns the error of `expression`, or goes on.
#define TRY(expression) \
  KPROFEFE_TRY_(return, KPROFEFE_CONCAT(try_, __LINE__), expression)
/// `TRY_ASSIGN(auto x, f());`: x is the value, or the error is returned.
#define TRY_ASSIGN(variable, expression)                                  \
  KPROFEFE_TRY_ASSIGN_(return, KPROFEFE_CONCAT(try_, __LINE__), variable, \
                             expression)
/// The same two for coroutines; `expression` may be a co_await.
#define CO_TRY(expression) \
  KPROFEFE_TRY_(co_return, KPROFEFE_CONCAT(try_, __LINE__), expression)
#define CO_TRY_ASSIGN(variable, expression)                                  \
  KPROFEFE_TRY_ASSIGN_(co_return, KPROFEFE_CONCAT(try_, __LINE__), variable, \
                       expression)
