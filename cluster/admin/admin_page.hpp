#pragma once

#include "cluster/admin/admin_json.hpp"
#include "net/http_message.hpp"

#include <string_view>

namespace rookery {

/// An answer of the admin listener: JSON that nobody keeps.
http_response admin_answer(const admin_json& body);

/// The same for what is wrong: `{"error":…}`.
http_response admin_error(unsigned status, std::string_view text);

} // namespace rookery
