#pragma once

#include "actors/message/client_error.hpp"
#include "actors/message/close_reason.hpp"

#include <cstdint>
#include <string_view>

/// The numbers by which clients of the Centrifuge protocol decide what to do
/// next, with the texts that its server library gives them.
namespace rookery {

/// Why a command failed. Clients repeat what failed temporarily, and get a new
/// token after `token_expired`; all else is final.
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

/// Why the server ended a subscription. Below 2500 the client accepts that,
/// from there on it subscribes again at once.
enum class centrifuge_unsubscribe : std::uint32_t {
  server_unsubscribe = 2000,
  insufficient_state = 2500,
  subscription_expired = 2501,
  state_invalidated = 2502,
};

/// Returns the text that goes with the code.
std::string_view reason_of(centrifuge_unsubscribe code) noexcept;

/// Returns what a client of the Centrifuge protocol is told about `reason` in
/// the WebSocket close frame. Codes from 3500 to 3999 and 1009 make it give up,
/// after all others it comes back. Where WebSocket itself was broken it is told
/// what every client is.
close_status centrifuge_status_of(close_reason reason) noexcept;

/// Returns what the backend is told about the end of such a client: the same,
/// and 3000 for a client that went by itself.
close_status left_status_of(close_reason reason) noexcept;

} // namespace rookery
