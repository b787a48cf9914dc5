#pragma once

#include <atomic>

namespace rookery {

/// A flag that is set while the bus carries messages from end to end. Any
/// thread.
class bus_health {
public:
  explicit bus_health(bool ready = false) noexcept : ready_{ready} {}

  bool is_ready() const noexcept {
    return ready_.load(std::memory_order_relaxed);
  }

  void set_ready(bool ready) noexcept {
    ready_.store(ready, std::memory_order_relaxed);
  }

private:
  std::atomic<bool> ready_;
};

} // namespace rookery
