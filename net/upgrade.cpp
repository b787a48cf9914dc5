#include "net/upgrade.hpp"

#include <algorithm>

namespace rookery {

namespace {

bool is_base64_digit(char c) noexcept {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
         || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

/// Returns true if `key` is the base64 form of 16 bytes.
bool is_key(std::string_view key) noexcept {
  constexpr std::size_t digits = 22;
  return key.size() == digits + 2 && key.ends_with("==")
         && std::all_of(key.begin(), key.begin() + digits, is_base64_digit);
}

http_response upgrade_required(std::string_view text) {
  auto result = refusal(426, text);
  result.fields = {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}};
  return result;
}

http_response method_not_allowed() {
  auto result = refusal(405, "a WebSocket begins with GET");
  result.fields = {{"Allow", "GET"}};
  return result;
}

} // namespace

std::optional<http_response> check_upgrade(const http_request& request) {
  if (request.method != "GET")
    return method_not_allowed();
  if (request.is_http_1_0)
    return refusal(505, "a WebSocket needs HTTP/1.1");
  if (request.count("Host") != 1)
    return refusal(400, "exactly one Host field is required");
  if (!request.has_token("Upgrade", "websocket"))
    return upgrade_required("this is a WebSocket");
  if (!request.has_token("Connection", "upgrade"))
    return refusal(400, "Connection does not say upgrade");
  if (request.count("Content-Length") + request.count("Transfer-Encoding") > 0
      || !request.body.empty())
    return refusal(400, "a WebSocket upgrade has no body");
  if (request.count("Sec-WebSocket-Version") != 1)
    return refusal(400, "exactly one Sec-WebSocket-Version is required");
  if (request.field("Sec-WebSocket-Version") != "13")
    return upgrade_required("WebSocket version 13 only");
  if (request.count("Sec-WebSocket-Key") != 1
      || !is_key(request.field("Sec-WebSocket-Key")))
    return refusal(400, "Sec-WebSocket-Key is not base64 of 16 bytes");
  return std::nullopt;
}

} // namespace rookery
