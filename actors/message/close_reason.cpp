#include "actors/message/close_reason.hpp"

#include <array>

namespace rookery {

namespace {

struct entry {
  close_reason reason;
  std::string_view name;
  close_status status;
};

constexpr std::array table{
  entry{close_reason::normal, "normal", {1000, ""}},
  entry{close_reason::going_away, "going_away", {1001, "node is going away"}},
  entry{close_reason::protocol_error, "protocol_error", {1002, ""}},
  entry{close_reason::invalid_text, "invalid_text", {1007, ""}},
  entry{close_reason::message_too_big, "message_too_big", {1009, ""}},
  entry{close_reason::policy_violation, "policy_violation", {1008, ""}},
  entry{close_reason::slow_consumer, "slow_consumer", {1013, "slow consumer"}},
  entry{close_reason::memory_pressure,
        "memory_pressure",
        {1013, "slow consumer, node is short of memory"}},
  entry{close_reason::publish_refused,
        "publish_refused",
        {1013, "publication refused"}},
  entry{close_reason::publish_unknown,
        "publish_unknown",
        {1013, "outcome of publication unknown"}},
  entry{close_reason::ping_timeout, "ping_timeout", {1001, "no pong"}},
  entry{close_reason::peer_gone, "peer_gone", {1006, ""}},
  entry{close_reason::internal_error, "internal_error", {1011, ""}},
  entry{close_reason::connection_expired, "connection_expired", {1008, ""}},
  entry{close_reason::subscription_expired, "subscription_expired", {1008, ""}},
  entry{close_reason::insufficient_state, "insufficient_state", {1011, ""}},
  entry{close_reason::force_reconnect, "force_reconnect", {1012, ""}},
  entry{close_reason::too_many_requests, "too_many_requests", {1008, ""}},
  entry{close_reason::state_invalidated, "state_invalidated", {1011, ""}},
  entry{close_reason::invalid_token, "invalid_token", {1008, ""}},
  entry{close_reason::bad_request, "bad_request", {1008, ""}},
  entry{close_reason::stale, "stale", {1008, ""}},
  entry{close_reason::force_disconnect, "force_disconnect", {1008, ""}},
  entry{close_reason::connection_limit, "connection_limit", {1008, ""}},
  entry{close_reason::channel_limit, "channel_limit", {1008, ""}},
  entry{
    close_reason::inappropriate_protocol, "inappropriate_protocol", {1003, ""}},
  entry{close_reason::not_available, "not_available", {1008, ""}},
  entry{close_reason::too_many_errors, "too_many_errors", {1008, ""}},
  entry{close_reason::dictated, "dictated", {1008, ""}},
};

constexpr bool is_complete() {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (static_cast<std::size_t>(table[i].reason) != i)
      return false;
  return table.size() == close_reason_count;
}

static_assert(is_complete(), "the table lists every reason in enum order");

const entry& entry_of(close_reason reason) noexcept {
  return table[static_cast<std::size_t>(reason)];
}

} // namespace

close_status status_of(close_reason reason) noexcept {
  return entry_of(reason).status;
}

std::string_view to_string(close_reason reason) noexcept {
  return entry_of(reason).name;
}

} // namespace rookery
