#pragma once

#include "bench/limit/descriptor.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <sys/uio.h>

namespace rookery::limit {

struct channel;

/// One client: its socket, and the remainders of reading and writing.
struct member {
  explicit member(descriptor accepted) : socket(std::move(accepted)) {}

  descriptor socket;
  bool is_polled_for_output = false;
  bool is_dead = false; // closed at the end of the turn
  channel* joined = nullptr;
  std::size_t seat = 0;         // its index in `joined->members`
  std::size_t sign_up = 0;      // its index in the server's list
  std::string unread;           // the request so far, later a partial frame
  std::string unsent;           // bytes the socket did not take, not bounded
  std::size_t unsent_begin = 0; // bytes before this offset have been sent
};

/// Sends `pieces`, 64 per `sendmsg`. Bytes that the socket does not take, or
/// all if older ones are unsent, are copied to `unsent`. Returns false if the
/// connection is lost.
bool send_pieces(member& to, std::span<const iovec> pieces);

/// Sends the unsent bytes. Returns false if the connection is lost.
bool send_unsent(member& to);

} // namespace rookery::limit
