#pragma once

#include <chrono>
#include <cstdint>

namespace rookery {

/// Returns the lower half of a steady clock's microseconds, for differences of
/// less than an hour.
inline std::uint32_t now_in_microseconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint32_t>(
    std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

} // namespace rookery
