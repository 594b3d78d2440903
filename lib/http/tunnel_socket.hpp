// SPDX-License-Identifier: MIT
#pragma once

#include "http/message.hpp"

#include <boost/asio/io_context.hpp>
#include <curl/curl.h>

#include <memory>

namespace kprofefe::http {

/// For CURLOPT_OPENSOCKETFUNCTION: libcurl's end of a new socket pair, of which
/// `tunnel` has the other; CURL_SOCKET_BAD when the tunnel carries no other.
curl_socket_t open_tunnel_socket(boost::asio::io_context& context,
                                 const std::shared_ptr<const Tunnel>& tunnel,
                                 curl_sockaddr* address);

/// CURLOPT_SOCKOPTFUNCTION for such a socket.
int on_tunnel_socket(void* data, curl_socket_t socket, curlsocktype purpose);

}  // namespace kprofefe::http
