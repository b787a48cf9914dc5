#pragma once

#include <string_view>

namespace rookery {

/// Returns true if `text` is valid UTF-8 (RFC 3629). Empty text is.
bool is_valid_utf8(std::string_view text) noexcept;

/// Returns true if valid UTF-8 contains a control character: C0, DEL, or C1
/// (U+0080 to U+009F).
bool has_control_character(std::string_view utf8) noexcept;

} // namespace rookery
