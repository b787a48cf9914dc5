#pragma once

#include <cstdint>
#include <string_view>

namespace rookery {

/// Why this side ends a connection.
enum class close_reason : std::uint8_t {
  normal,           ///< nothing more to say
  going_away,       ///< the node drains: come back, elsewhere or later
  protocol_error,   ///< the client broke RFC 6455
  invalid_text,     ///< a text message that is not UTF-8
  message_too_big,  ///< over listen.max-message
  policy_violation, ///< what the client did is not allowed here
  slow_consumer,    ///< the output queue reached its bound
  memory_pressure,  ///< node.output-memory is spent, this queue was the largest
  publish_refused,  ///< the bus did not take a publication
  publish_unknown,  ///< the bus took a publication and never answered
  ping_timeout,     ///< no sign of life after a ping
  peer_gone,        ///< the socket broke or ended without a closing handshake
  internal_error,   ///< a fault of ours that ends this connection alone
};

/// What a client is told about a reason: RFC 6455 §7.4 status code and text.
struct close_status {
  std::uint16_t code;
  std::string_view text;
};

/// Returns the status of `reason`. `peer_gone` has code 1006, which is never
/// sent.
close_status status_of(close_reason reason) noexcept;

/// Returns the name of `reason` for logs and inspection, e.g. "slow_consumer".
std::string_view to_string(close_reason reason) noexcept;

} // namespace rookery
