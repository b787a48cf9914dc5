#pragma once

#include "net/http_message.hpp"
#include "net/tcp_socket.hpp"

#include <string>
#include <utility>

namespace rookery {

class io_loop;

/// A client that has left HTTP for a session: its socket, what it asked for,
/// and the bytes that came behind its request.
class accepted_client {
public:
  accepted_client(io_loop& loop, tcp_socket socket, http_request request,
                  std::string rest)
    : loop{loop},
      socket{std::move(socket)},
      request{std::move(request)},
      rest{std::move(rest)} {}

  io_loop& loop;
  tcp_socket socket;
  http_request request;
  std::string rest;
};

} // namespace rookery
