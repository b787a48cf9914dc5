#pragma once

#include "cluster/admin/admin_json.hpp"
#include "net/http_message.hpp"

#include <string_view>

namespace rookery {

/// Makes an answer of the admin listener: JSON that must not be cached.
http_response admin_answer(const admin_json& body);

/// Makes the answer to a request that failed: `{"error":…}`.
http_response admin_error(unsigned status, std::string_view text);

} // namespace rookery
