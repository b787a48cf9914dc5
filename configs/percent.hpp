#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rookery {

/// Decodes RFC 3986 §2.1 percent-encoding. Returns nullopt if a '%' is not
/// followed by two hexadecimal digits. '+' stays '+'. The result may contain
/// any byte, NUL too: the caller must check it.
std::optional<std::string> percent_decode(std::string_view text);

} // namespace rookery
