#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace rookery {

/// Counts the clients that are due to be closed at a given rate.
class drain_pace {
public:
  using duration = std::chrono::milliseconds;

  explicit drain_pace(std::uint32_t rate = 1) : rate_{rate} {}

  void set_rate(std::uint32_t rate) noexcept { rate_ = rate; }

  std::uint32_t rate() const noexcept { return rate_; }

  /// Returns the number of whole clients to close after the time `passed`, and
  /// keeps the remainder. At most one second counts, so that a delay causes no
  /// burst.
  std::uint32_t due(duration passed) noexcept {
    owed_ += static_cast<std::uint64_t>(
               std::clamp(passed, duration{0}, duration{1'000}).count())
             * rate_;
    const auto result = owed_ / 1'000;
    owed_ %= 1'000;
    return static_cast<std::uint32_t>(result);
  }

private:
  std::uint32_t rate_;
  std::uint64_t owed_ = 0; // thousandths of a client
};

} // namespace rookery
