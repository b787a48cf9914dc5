#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Strict base64 (RFC 4648): one text for every sequence of bytes, and nothing
/// for a text with foreign characters, white space or stray bits.
namespace rookery {

/// Reads base64 with its padding.
std::optional<std::string> decode_base64(std::string_view text);

/// Reads base64url without padding, as tokens have it (RFC 7515, section 2).
std::optional<std::string> decode_base64url(std::string_view text);

} // namespace rookery
