#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Base64 (RFC 4648), read strictly: every sequence of bytes has one text, and
/// foreign characters, white space and stray bits are errors.
namespace rookery {

/// Returns the base64 text of `bytes`, with its padding.
std::string encode_base64(std::string_view bytes);

/// Reads base64 with its padding. Returns nullopt if `text` is malformed.
std::optional<std::string> decode_base64(std::string_view text);

/// Reads base64url without padding, as in tokens (RFC 7515, section 2). Returns
/// nullopt if `text` is malformed.
std::optional<std::string> decode_base64url(std::string_view text);

} // namespace rookery
