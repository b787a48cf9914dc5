#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rookery::limit {

/// The fields of a client's request to open a WebSocket.
struct upgrade_request {
  std::string_view channel;
  std::string_view key;
};

/// Reads `GET /ws/CHANNEL HTTP/1.1` with its fields, complete up to the blank
/// line. Uses only the path and the key; the channel is taken as written,
/// without a query. The result points into `head`.
std::optional<upgrade_request> read_upgrade(std::string_view head);

/// The 101 response to a client that sent `key` (RFC 6455, 4.2.2).
std::string switching_protocols(std::string_view key);

} // namespace rookery::limit
