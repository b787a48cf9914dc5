#pragma once

namespace rookery {

/// Whether `c` is one of [A-Za-z0-9], whatever the locale.
constexpr bool is_letter_or_digit(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
         || (c >= '0' && c <= '9');
}

} // namespace rookery
