#include "net/peers/client_gate.hpp"

#include <string_view>

namespace rookery {

namespace {

std::string_view text_of(address_refusal why) noexcept {
  switch (why) {
  case address_refusal::connections:
    return "too many connections from this address";
  case address_refusal::handshakes:
    return "too many new connections from this address";
  case address_refusal::bad_tokens:
    return "too many invalid tokens from this address";
  case address_refusal::none:
    break;
  }
  return {};
}

} // namespace

http_response too_many(address_refusal why) {
  auto result = refusal(429, text_of(why));
  // Rates recover within a second; a connection has first to end.
  result.fields.push_back(
    {"Retry-After", why == address_refusal::connections ? "10" : "1"});
  return result;
}

} // namespace rookery
