#pragma once

#include <string>
#include <string_view>

namespace rookery {

/// Breaks `text` at its spaces into lines of at most 80 columns, each begun
/// with `prefix` and ended with a newline.
std::string wrap(std::string_view text, std::string_view prefix);

} // namespace rookery
