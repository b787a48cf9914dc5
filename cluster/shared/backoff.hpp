#pragma once

#include <chrono>
#include <functional>

namespace rookery {

/// The pauses between attempts to reach a server. They double from the first to
/// the longest one; jitter lengthens each, so that the nodes of a cluster do
/// not return at the same moment.
class backoff {
public:
  using duration = std::chrono::milliseconds;

  struct range {
    /// The first pause. It limits the rate to ten attempts per second.
    duration first{100};
    /// The longest pause: with jitter, a server that is back is found within
    /// 1.25 s.
    duration longest{1'000};
  };

  /// `random` returns numbers from 0 up to, not including, 1.
  explicit backoff(std::function<double()> random) noexcept;
  backoff(std::function<double()> random, range limits) noexcept;

  /// Returns the time to wait before the next attempt: the current pause and
  /// up to a quarter of it.
  duration next();

  /// Starts again with the shortest pause.
  void reset() noexcept { pause_ = limits_.first; }

private:
  std::function<double()> random_;
  range limits_;
  duration pause_;
};

} // namespace rookery
