#pragma once

#include "actors/message/frame.hpp"

#include <array>
#include <cstddef>

namespace rookery {

/// A piece of an output queue.
struct output_block {
  static constexpr std::size_t capacity = 15;

  output_block* next = nullptr;
  std::array<frame_ptr, capacity> frames;
};

/// The shared part of the output queues of one loop: spare blocks, lent while
/// there is output, and the memory of what is queued. Loop thread only.
class output_store {
public:
  output_store() = default;
  output_store(const output_store&) = delete;
  output_store& operator=(const output_store&) = delete;
  ~output_store();

  /// Returns an empty block; allocates only when there is none to spare.
  output_block* take();

  /// Takes back a block whose frames are all null.
  void give_back(output_block* block) noexcept;

  /// The memory of all queues in bytes, entry overhead included. Frames that
  /// several queues share count once.
  std::size_t queued() const noexcept { return queued_; }

private:
  friend class output_queue;

  /// One MiB of blocks: a fan-out to 8192 clients allocates nothing.
  static constexpr std::size_t max_spare = 8192;

  output_block* spare_ = nullptr;
  std::size_t spare_count_ = 0;
  std::size_t queued_ = 0;
};

} // namespace rookery
