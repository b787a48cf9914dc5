#pragma once

#include <string>
#include <string_view>

namespace rookery {

/// Appends `bytes` as a JSON string, quotes included. U+FFFD replaces each byte
/// that is not part of valid UTF-8.
void append_json_string(std::string& out, std::string_view bytes);

} // namespace rookery
