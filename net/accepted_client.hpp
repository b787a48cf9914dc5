#pragma once

#include "net/client_socket.hpp"
#include "net/descriptor.hpp"
#include "net/http_message.hpp"

#include <string>
#include <utility>

namespace rookery {

class io_loop;

/// A client that has left HTTP for a session: its socket, what it asked for,
/// and the bytes that came behind its request. Loop thread only.
class accepted_client {
public:
  accepted_client(io_loop& loop, descriptor socket, http_request request,
                  std::string rest, client_ptr predecessor = nullptr)
    : loop{loop},
      predecessor{std::move(predecessor)},
      socket{std::move(socket)},
      request{std::move(request)},
      rest{std::move(rest)} {}

  io_loop& loop;
  /// Who hears of the socket until a session does.
  client_ptr predecessor;
  descriptor socket;
  http_request request;
  std::string rest;
  /// Of those that the request offers the one that is taken; empty: none.
  std::string subprotocol;
};

} // namespace rookery
