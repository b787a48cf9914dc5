#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

namespace rookery {

/// The bound of the memory that all loops of a node use for one purpose
/// together: the output queued for clients (`node.output-memory`), or their
/// unfinished input (`node.input-memory`). Each loop publishes its sum once per
/// turn; a loop above its equal share gives up some while the sum is over the
/// limit. Any thread, no locks.
class memory_budget {
public:
  /// `limit` is in bytes, entry overhead included.
  memory_budget(std::size_t limit, unsigned loops);

  /// Stores the number of bytes that `loop` uses.
  void publish(unsigned loop, std::size_t bytes) noexcept;

  /// Returns true if a loop with `bytes` queued has used half of its equal
  /// share: output that can wait then waits.
  bool is_tight(std::size_t bytes) const noexcept {
    return bytes > limit_ / slots_.size() / 2;
  }

  /// The sum of what all loops have published.
  std::size_t total() const noexcept;

  /// Returns the number of bytes that `loop` has to give up now; zero while the
  /// sum fits, and for loops that have no more than their share.
  std::size_t excess_of(unsigned loop) const noexcept;

private:
  struct alignas(64) slot {
    std::atomic<std::size_t> bytes = 0;
  };

  std::size_t limit_;
  std::vector<slot> slots_;
};

} // namespace rookery
