#pragma once

#include "net/output_store.hpp"

#include <span>
#include <sys/uio.h>

namespace rookery {

/// Frames on their way to one socket, in order. Owns storage only while it
/// holds any. Its owner hands in the loop's store, always the same one, and
/// clears the queue before it destroys it. Loop thread only.
class output_queue {
public:
  /// The cost of an entry besides its bytes: its pointer and its frame's
  /// header.
  static constexpr std::size_t entry_overhead = 32;

  output_queue() = default;
  output_queue(const output_queue&) = delete;
  output_queue& operator=(const output_queue&) = delete;

  void push(frame_ptr bytes, output_store& store);

  bool empty() const noexcept { return count_ == 0; }

  /// Bytes not yet consumed.
  std::size_t bytes() const noexcept { return bytes_; }

  /// Bytes not yet consumed, entry overhead included. Bounds refer to this.
  std::size_t cost() const noexcept { return bytes_ + count_ * entry_overhead; }

  /// Fills `parts` with the first bytes. Returns the number of parts used.
  std::size_t gather(std::span<iovec> parts) const noexcept;

  /// Removes the first `size` bytes, which the kernel has taken.
  void consume(std::size_t size, output_store& store) noexcept;

  /// Removes all frames except a partly sent one: its rest must follow, or the
  /// peer could not read later frames.
  void drop_unsent(output_store& store) noexcept;

  void clear(output_store& store) noexcept;

private:
  void pop(output_store& store) noexcept;

  output_block* first_ = nullptr;
  output_block* last_ = nullptr;
  std::size_t bytes_ = 0;
  std::uint32_t count_ = 0;
  /// Bytes of the first frame that are consumed.
  std::uint32_t offset_ = 0;
  std::uint8_t begin_ = 0;
  std::uint8_t end_ = 0;
};

} // namespace rookery
