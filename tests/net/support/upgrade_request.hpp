#pragma once

#include "net/http_message.hpp"

namespace rookery::test {

/// Returns the request of a good WebSocket handshake, with the key of the
/// example in RFC 6455.
inline http_request upgrade_request() {
  http_request result;
  result.method = "GET";
  result.target = "/ws/chat";
  result.fields = {{"Host", "localhost"},
                   {"Upgrade", "websocket"},
                   {"Connection", "Upgrade"},
                   {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                   {"Sec-WebSocket-Version", "13"}};
  return result;
}

} // namespace rookery::test
