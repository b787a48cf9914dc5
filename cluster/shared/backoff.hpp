#pragma once

#include <chrono>
#include <functional>

namespace rookery {

/// The pauses between attempts to reach a server: doubling from a first to a
/// longest one, each lengthened by jitter so that a cluster's nodes do not come
/// back in step.
class backoff {
public:
  using duration = std::chrono::milliseconds;

  struct range {
    /// Also bounds the rate of attempts: never more than ten a second.
    duration first{100};
    /// With jitter at most 1.25 s late when the server is back.
    duration longest{1'000};
  };

  /// `random` returns numbers from 0 up to, not including, 1.
  explicit backoff(std::function<double()> random) noexcept;
  backoff(std::function<double()> random, range limits) noexcept;

  /// Returns how long to wait before the next attempt: the current pause and
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
