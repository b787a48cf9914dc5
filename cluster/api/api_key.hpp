#pragma once

#include "net/http_message.hpp"

#include <string_view>

namespace rookery {

/// Returns true if a request carries `key`, which must not be empty: in
/// X-API-Key, or in Authorization with the scheme apikey or Bearer. All keys of
/// the right length take the same time.
bool carries_api_key(const http_request& request, std::string_view key);

/// Returns true if a request carries `token`, which must not be empty, in
/// Authorization with the scheme Bearer. All tokens of the right length take
/// the same time.
bool carries_bearer(const http_request& request, std::string_view token);

/// Compares secrets. All secrets of the right length take the same time.
bool is_same_secret(std::string_view given, std::string_view secret);

} // namespace rookery
