#pragma once

#include <atomic>

namespace rookery {

/// The gate for new clients: open, or closed by a drain. Any thread.
class drain_gate {
public:
  bool is_closed() const noexcept {
    return closed_.load(std::memory_order_relaxed);
  }

  void set_closed(bool closed) noexcept {
    closed_.store(closed, std::memory_order_relaxed);
  }

private:
  std::atomic<bool> closed_{false};
};

} // namespace rookery
