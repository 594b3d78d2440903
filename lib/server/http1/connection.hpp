// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "server/http1/request_reader.hpp"
#include "server/http1/response_head.hpp"
#include "server/message.hpp"
#include "server/serve_options.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace kprofefe::server {

/// What all connections of a server have in common.
struct Service {
  Handler handler;
  ServeOptions options;
  std::stop_token stop;     ///< no further request is begun
  std::stop_token give_up;  ///< what is under way is cut off
};

/// One client. Everything it does waits within a time limit, except for the
/// handler.
class Connection {
 public:
  Connection(std::shared_ptr<const Service> service,
             boost::asio::ip::tcp::socket socket);

  /// Answers one request after the other until either side ends.
  async::Task<void> run();

 private:
  async::Task<bool> wait_for_request();
  async::Task<bool> exchange();
  async::Task<void> read_request(RequestReader* reader);
  async::Task<void> read_until(RequestReader* reader,
                               bool (RequestReader::*is_enough)() const);
  async::Task<bool> receive();
  async::Task<Response> respond(Request request);
  async::Task<bool> send(Response response, Persistence persistence,
                         bool with_body);
  async::Task<bool> write(std::string_view head, std::string_view body);
  async::Task<void> drain();
  void expire();
  void close();

  std::shared_ptr<const Service> service_;
  boost::asio::ip::tcp::socket socket_;
  std::string client_;
  boost::beast::flat_buffer buffer_;
  bool expired_ = false;  ///< the time for what is being received is over
};

}  // namespace kprofefe::server
