#pragma once

namespace rookery {

/// Returns true if `c` is one of [A-Za-z0-9]; the locale does not matter.
constexpr bool is_letter_or_digit(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
         || (c >= '0' && c <= '9');
}

} // namespace rookery
