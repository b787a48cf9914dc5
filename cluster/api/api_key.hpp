#pragma once

#include "net/http_message.hpp"

#include <string_view>

namespace rookery {

/// Returns true if a request carries `key`, which is not empty: in X-API-Key,
/// or in Authorization with the scheme apikey or Bearer. Takes the same time
/// whatever of a key of the right length is wrong.
bool carries_api_key(const http_request& request, std::string_view key);

/// Returns true if a request carries `token`, which is not empty, in
/// Authorization with the scheme Bearer; takes its time like `carries_api_key`.
bool carries_bearer(const http_request& request, std::string_view token);

/// Compares secrets, in the same time whatever of one of the right length is
/// wrong.
bool is_same_secret(std::string_view given, std::string_view secret);

} // namespace rookery
