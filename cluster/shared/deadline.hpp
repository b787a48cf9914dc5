#pragma once

#include <chrono>

namespace rookery {

/// Returns the time `ttl` after `now`, or the last time of the clock if that is
/// earlier.
inline std::chrono::steady_clock::time_point
deadline_after(std::chrono::steady_clock::time_point now,
               std::chrono::milliseconds ttl) noexcept {
  using clock = std::chrono::steady_clock;
  const auto countable = std::chrono::duration_cast<std::chrono::milliseconds>(
    clock::duration::max() - now.time_since_epoch());
  return ttl < countable ? now + ttl : clock::time_point::max();
}

} // namespace rookery
