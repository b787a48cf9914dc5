#define CAF_SUITE centrifuge_codes

#include "actors/centrifuge/centrifuge_codes.hpp"

#include <caf/test/unit_test.hpp>

#include <set>
#include <string>

using namespace rookery;
using namespace std::literals;

namespace {

bool tells(close_reason reason, unsigned code, std::string_view text) {
  const auto status = centrifuge_status_of(reason);
  return status.code == code && status.text == text;
}

bool gives_up(unsigned code) {
  return code >= 3500 && code < 4000;
}

} // namespace

CAF_TEST(errors have code and text) {
  const auto error = error_of(centrifuge_fault::token_expired);
  CAF_CHECK_EQUAL(error.code, 109u);
  CAF_CHECK_EQUAL(error.message, "token expired"sv);
  CAF_CHECK_EQUAL(error_of(centrifuge_fault::internal).message,
                  "internal server error"sv);
  CAF_CHECK_EQUAL(error_of(centrifuge_fault::concurrent_pagination).code, 113u);
}

CAF_TEST(three errors are temporary) {
  std::set<unsigned> temporary;
  for (auto code = 100u; code <= 113; ++code)
    if (error_of(static_cast<centrifuge_fault>(code)).temporary)
      temporary.insert(code);
  CAF_CHECK_EQUAL(temporary, (std::set{100u, 111u, 113u}));
}

CAF_TEST(disconnects have code and text) {
  CAF_CHECK(tells(close_reason::going_away, 3001, "shutdown"));
  CAF_CHECK(tells(close_reason::internal_error, 3004, "internal server error"));
  CAF_CHECK(tells(close_reason::slow_consumer, 3008, "slow"));
  CAF_CHECK(
    tells(close_reason::insufficient_state, 3010, "insufficient state"));
  CAF_CHECK(tells(close_reason::ping_timeout, 3012, "no pong"));
  CAF_CHECK(tells(close_reason::invalid_token, 3500, "invalid token"));
  CAF_CHECK(tells(close_reason::bad_request, 3501, "bad request"));
  CAF_CHECK(tells(close_reason::stale, 3502, "stale"));
  CAF_CHECK(tells(close_reason::policy_violation, 3507, "permission denied"));
  CAF_CHECK(tells(close_reason::not_available, 3508, "not available"));
}

CAF_TEST(every client gets the same code for broken WebSocket frames) {
  CAF_CHECK(tells(close_reason::normal, 1000, ""));
  CAF_CHECK(tells(close_reason::protocol_error, 1002, ""));
  CAF_CHECK(tells(close_reason::invalid_text, 1007, ""));
  CAF_CHECK(tells(close_reason::message_too_big, 1009, ""));
}

CAF_TEST(a client comes back where that may help) {
  for (const auto reason :
       {close_reason::going_away, close_reason::slow_consumer,
        close_reason::memory_pressure, close_reason::ping_timeout,
        close_reason::internal_error, close_reason::connection_expired,
        close_reason::subscription_expired, close_reason::force_reconnect,
        close_reason::too_many_requests, close_reason::state_invalidated})
    CAF_CHECK(!gives_up(centrifuge_status_of(reason).code));
  for (const auto reason :
       {close_reason::invalid_token, close_reason::bad_request,
        close_reason::stale, close_reason::force_disconnect,
        close_reason::connection_limit, close_reason::channel_limit,
        close_reason::inappropriate_protocol, close_reason::not_available,
        close_reason::too_many_errors})
    CAF_CHECK(gives_up(centrifuge_status_of(reason).code));
}

CAF_TEST(other protocols get no code of this one) {
  for (std::size_t i = 0; i < close_reason_count; ++i)
    CAF_CHECK(status_of(static_cast<close_reason>(i)).code < 3000);
}

CAF_TEST(unsubscribes have a text) {
  CAF_CHECK_EQUAL(reason_of(centrifuge_unsubscribe::insufficient_state),
                  "insufficient state"sv);
  CAF_CHECK_EQUAL(reason_of(centrifuge_unsubscribe::subscription_expired),
                  "subscription expired"sv);
}

CAF_TEST(the backend gets a code for clients that left by themselves) {
  for (const auto reason : {close_reason::normal, close_reason::peer_gone})
    CAF_CHECK_EQUAL(left_status_of(reason).code, 3000u);
  CAF_CHECK_EQUAL(left_status_of(close_reason::slow_consumer).code, 3008u);
  CAF_CHECK_EQUAL(left_status_of(close_reason::going_away).code, 3001u);
}
