#include "actors/centrifuge/centrifuge_codes.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace rookery {

namespace {

constexpr std::array errors{
  client_error{100, "internal server error", true},
  client_error{101, "unauthorized"},
  client_error{102, "unknown channel"},
  client_error{103, "permission denied"},
  client_error{104, "method not found"},
  client_error{105, "already subscribed"},
  client_error{106, "limit exceeded"},
  client_error{107, "bad request"},
  client_error{108, "not available"},
  client_error{109, "token expired"},
  client_error{110, "expired"},
  client_error{111, "too many requests", true},
  client_error{112, "unrecoverable position"},
  client_error{113, "concurrent pagination", true},
};

constexpr auto first_error =
  static_cast<std::size_t>(centrifuge_fault::internal);
constexpr auto last_error =
  static_cast<std::size_t>(centrifuge_fault::concurrent_pagination);

constexpr bool errors_are_complete() {
  for (std::size_t i = 0; i < errors.size(); ++i)
    if (errors[i].code != first_error + i)
      return false;
  return errors.size() == last_error - first_error + 1;
}

static_assert(errors_are_complete(), "the table lists every error in order");

struct entry {
  close_reason reason;
  close_status status;
};

// Codes below 3000 belong to WebSocket itself: `status_of` has them.
constexpr close_status as_everyone{0, ""};

constexpr std::array disconnects{
  entry{close_reason::normal, as_everyone},
  entry{close_reason::going_away, {3001, "shutdown"}},
  entry{close_reason::protocol_error, as_everyone},
  entry{close_reason::invalid_text, as_everyone},
  entry{close_reason::message_too_big, as_everyone},
  entry{close_reason::policy_violation, {3507, "permission denied"}},
  entry{close_reason::slow_consumer, {3008, "slow"}},
  entry{close_reason::memory_pressure, {3008, "slow"}},
  entry{close_reason::publish_refused, {3004, "internal server error"}},
  entry{close_reason::publish_unknown, {3004, "internal server error"}},
  entry{close_reason::ping_timeout, {3012, "no pong"}},
  entry{close_reason::peer_gone, as_everyone},
  entry{close_reason::internal_error, {3004, "internal server error"}},
  entry{close_reason::connection_expired, {3005, "connection expired"}},
  entry{close_reason::subscription_expired, {3006, "subscription expired"}},
  entry{close_reason::insufficient_state, {3010, "insufficient state"}},
  entry{close_reason::force_reconnect, {3011, "force reconnect"}},
  entry{close_reason::too_many_requests, {3013, "too many requests"}},
  entry{close_reason::state_invalidated, {3014, "state invalidated"}},
  entry{close_reason::invalid_token, {3500, "invalid token"}},
  entry{close_reason::bad_request, {3501, "bad request"}},
  entry{close_reason::stale, {3502, "stale"}},
  entry{close_reason::force_disconnect, {3503, "force disconnect"}},
  entry{close_reason::connection_limit, {3504, "connection limit"}},
  entry{close_reason::channel_limit, {3505, "channel limit"}},
  entry{close_reason::inappropriate_protocol, {3506, "inappropriate protocol"}},
  entry{close_reason::not_available, {3508, "not available"}},
  entry{close_reason::too_many_errors, {3509, "too many errors"}},
  // Placeholder: the connection has the status that the backend chose.
  entry{close_reason::dictated, {3503, "force disconnect"}},
};

constexpr bool disconnects_are_complete() {
  for (std::size_t i = 0; i < disconnects.size(); ++i)
    if (static_cast<std::size_t>(disconnects[i].reason) != i)
      return false;
  return disconnects.size() == close_reason_count;
}

static_assert(disconnects_are_complete(),
              "the table lists every reason in enum order");

static_assert(std::all_of(disconnects.begin(), disconnects.end(), [](auto& x) {
  return x.status.text.size() <= max_close_text;
}));

} // namespace

client_error error_of(centrifuge_fault fault) noexcept {
  return errors[static_cast<std::size_t>(fault) - first_error];
}

std::string_view reason_of(centrifuge_unsubscribe code) noexcept {
  switch (code) {
  case centrifuge_unsubscribe::server_unsubscribe:
    return "server unsubscribe";
  case centrifuge_unsubscribe::insufficient_state:
    return "insufficient state";
  case centrifuge_unsubscribe::subscription_expired:
    return "subscription expired";
  case centrifuge_unsubscribe::state_invalidated:
    return "state invalidated";
  }
  return {};
}

close_status centrifuge_status_of(close_reason reason) noexcept {
  const auto& found = disconnects[static_cast<std::size_t>(reason)].status;
  return found.code == as_everyone.code ? status_of(reason) : found;
}

close_status left_status_of(close_reason reason) noexcept {
  if (reason == close_reason::normal || reason == close_reason::peer_gone)
    return {3000, "connection closed"};
  return centrifuge_status_of(reason);
}

} // namespace rookery
