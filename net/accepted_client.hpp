#pragma once

#include "net/client_socket.hpp"
#include "net/descriptor.hpp"
#include "net/http_message.hpp"
#include "net/peers/client_gate.hpp"

#include <string>
#include <utility>

namespace rookery {

class io_loop;

/// A client that has left HTTP for a session: its socket, its request, and the
/// bytes after the request. Loop thread only.
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
  /// The receiver of the socket's events until a session takes over.
  client_ptr predecessor;
  descriptor socket;
  http_request request;
  std::string rest;
  /// The place of the connection in the loop's book; empty: not counted.
  counted_place place = {};
  /// The subprotocol taken from those that the request offers; empty: none.
  std::string subprotocol;
};

} // namespace rookery
