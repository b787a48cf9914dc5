#pragma once

#include "net/http_message.hpp"

#include <string_view>

namespace rookery {

/// Whether a request carries `key`, which is not empty: in X-API-Key, or in
/// Authorization with the scheme apikey or Bearer. Takes the same time whatever
/// of a key of the right length is wrong.
bool carries_api_key(const http_request& request, std::string_view key);

} // namespace rookery
