#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rookery {

/// Decodes RFC 3986 §2.1 percent-encoding. Returns nothing if a '%' is not
/// followed by two hexadecimal digits. '+' stays '+'; any byte may come out,
/// NUL too: the caller judges the result.
std::optional<std::string> percent_decode(std::string_view text);

} // namespace rookery
