#pragma once

#include <chrono>
#include <cstdint>

namespace rookery {

/// The restarts of an actor after errors: a few within a minute, not more.
class restart_limit {
public:
  using clock = std::chrono::steady_clock;

  /// Counts a restart. Returns false if there were too many.
  bool allows_one() noexcept {
    const auto now = clock::now();
    if (now - first_ > window) {
      first_ = now;
      count_ = 0;
    }
    if (count_ == max_restarts)
      return false;
    ++count_;
    return true;
  }

private:
  static constexpr unsigned max_restarts = 3;
  static constexpr std::chrono::minutes window{1};

  clock::time_point first_{}; // of the window
  std::uint8_t count_ = 0;
};

} // namespace rookery
