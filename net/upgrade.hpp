#pragma once

#include "net/http_message.hpp"

#include <optional>

namespace rookery {

/// Checks a WebSocket upgrade as RFC 6455 §4.2.1 asks, more strictly than Beast
/// does. Returns the refusal, or nothing when the request may be upgraded.
std::optional<http_response> check_upgrade(const http_request& request);

} // namespace rookery
