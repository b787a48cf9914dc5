#pragma once

#include <string>

namespace rookery {

/// Returns a new client id: a random UUID (RFC 4122 §4.4). It tells clients
/// apart and is no secret. Any thread.
std::string make_client_id();

} // namespace rookery
