#pragma once

#include <functional>
#include <random>

namespace rookery {

/// Returns a generator of numbers from 0 up to, not including, 1, for jitter.
inline std::function<double()> random_numbers() {
  return [engine = std::minstd_rand{std::random_device{}()}]() mutable {
    return std::uniform_real_distribution<double>{0, 1}(engine);
  };
}

} // namespace rookery
