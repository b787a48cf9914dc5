#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rookery {

/// The reason why the server ends a connection.
enum class close_reason : std::uint8_t {
  normal,           ///< nothing more to say
  going_away,       ///< the node drains: reconnect, elsewhere or later
  protocol_error,   ///< the client broke RFC 6455
  invalid_text,     ///< a text message that is not UTF-8
  message_too_big,  ///< over listen.max-message
  policy_violation, ///< the client did something forbidden here
  slow_consumer,    ///< the output queue reached its bound
  memory_pressure,  ///< it takes much of a memory that is used up
  publish_refused,  ///< the bus refused a publication
  publish_unknown,  ///< the bus never answered a publish
  ping_timeout,     ///< no sign of life after a ping
  peer_gone,        ///< the socket broke or ended without a closing handshake
  internal_error,   ///< an error of the node, in this connection alone

  // Reasons that need tokens, backends, operators or commands of clients.
  connection_expired,     ///< no new token came in time
  subscription_expired,   ///< the same, for a subscription the server made
  insufficient_state,     ///< publications are missing: reconnect and recover
  force_reconnect,        ///< an operator or backend wants it to come back
  too_many_requests,      ///< over a rate limit
  state_invalidated,      ///< reconnect without token and positions
  invalid_token,          ///< a token that is not valid here
  bad_request,            ///< no valid command, or in the wrong order
  stale,                  ///< it did not authenticate in time
  force_disconnect,       ///< an operator or backend wants it gone
  connection_limit,       ///< over a limit of connections
  channel_limit,          ///< over a limit of channels
  inappropriate_protocol, ///< its encoding cannot carry the data it would get
  not_available,          ///< it uses a feature that is disabled
  too_many_errors,        ///< too many of its commands failed
  dictated,               ///< a backend wants it, with a status of its own
};

/// The number of reasons.
inline constexpr std::size_t close_reason_count =
  static_cast<std::size_t>(close_reason::dictated) + 1;

/// The status code and text that clients get for a reason (RFC 6455 §7.4).
struct close_status {
  std::uint16_t code;
  std::string_view text;
};

/// The maximum bytes of a close's text: a control frame carries 125, two of
/// them the code (RFC 6455 §5.5).
inline constexpr std::size_t max_close_text = 123;

/// Returns the status of `reason` for every protocol without codes of its own
/// (centrifuge_codes.hpp has those of the Centrifuge protocol). `peer_gone` has
/// code 1006, which is never sent.
close_status status_of(close_reason reason) noexcept;

/// Returns the name of `reason` for logs and inspection, e.g. "slow_consumer".
std::string_view to_string(close_reason reason) noexcept;

} // namespace rookery
