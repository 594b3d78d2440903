// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "http/message.hpp"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::server {

using http::Headers;

/// The parameters of a query in their order, decoded.
using Parameters = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string client;  ///< the address that it comes from
  std::string method;  ///< HEAD comes as GET: its body is left out by serve()
  std::string path;    ///< decoded, begins with `/`, without `..` and controls
  std::string raw_query;  ///< as it came, without `?`
  Parameters query;
  Headers headers;
  std::string body;  ///< complete, without its transfer coding
  /// The server wants to end: a handler that still works must give up. Not
  /// requested when the client goes away.
  std::stop_token stop;
};

/// The first parameter of that name.
std::optional<std::string_view> find_parameter(const Request& request,
                                               std::string_view name);

struct Response {
  int status = 200;
  std::string content_type;  ///< empty: none, for a response without a body
  /// Further ones. Content-Length, Connection and what protects a browser are
  /// added by serve(), the latter where they are not here.
  Headers headers;
  std::string body;
};

/// Plain text, with a line end.
Response text_response(int status, std::string_view text);

/// Answers requests, many at a time. What it throws becomes a 500.
using Handler = std::function<async::Task<Response>(Request)>;

}  // namespace kprofefe::server
