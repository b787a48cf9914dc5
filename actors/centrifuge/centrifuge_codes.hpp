#pragma once

#include "actors/message/client_error.hpp"
#include "actors/message/close_reason.hpp"

#include <cstdint>
#include <string_view>

/// The codes by which clients of the Centrifuge protocol decide what to do
/// next, with the texts of its server library.
namespace rookery {

/// The reason why a command failed. Clients repeat commands that failed
/// temporarily, and get a new token after `token_expired`; all other faults are
/// final.
enum class centrifuge_fault : std::uint32_t {
  internal = 100, ///< temporary
  unauthorized = 101,
  unknown_channel = 102,
  permission_denied = 103,
  method_not_found = 104,
  already_subscribed = 105,
  limit_exceeded = 106,
  bad_request = 107,
  not_available = 108,
  token_expired = 109,
  expired = 110,
  too_many_requests = 111, ///< temporary
  unrecoverable_position = 112,
  concurrent_pagination = 113, ///< temporary
};

client_error error_of(centrifuge_fault fault) noexcept;

/// The reason why the server ended a subscription. Below 2500 the client
/// accepts the end; from 2500 on it subscribes again at once.
enum class centrifuge_unsubscribe : std::uint32_t {
  server_unsubscribe = 2000,
  insufficient_state = 2500,
  subscription_expired = 2501,
  state_invalidated = 2502,
};

/// Returns the text that goes with the code.
std::string_view reason_of(centrifuge_unsubscribe code) noexcept;

/// Returns the status of `reason` in the WebSocket close frame for a client of
/// the Centrifuge protocol. After codes from 3500 to 3999 and 1009 the client
/// gives up, after all others it reconnects. Violations of WebSocket itself
/// have the same status as for every client.
close_status centrifuge_status_of(close_reason reason) noexcept;

/// Returns the status that the backend gets about the end of such a client: the
/// same, and 3000 for a client that disconnected by itself.
close_status left_status_of(close_reason reason) noexcept;

} // namespace rookery
