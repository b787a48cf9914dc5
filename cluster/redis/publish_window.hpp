#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace rookery {

/// The publishes Redis has not answered yet, oldest first: Redis answers in
/// order. Bounded in bytes.
class publish_window {
public:
  using clock = std::chrono::steady_clock;

  struct item {
    std::uint64_t ticket;
    /// Bytes of the encoded command.
    std::size_t bytes;
    clock::time_point since;
    /// The call of a script: its reply is the caller's to read.
    bool is_call = false;
  };

  explicit publish_window(std::size_t capacity) : capacity_{capacity} {}

  /// Returns true when `bytes` more can wait for an answer.
  bool has_room_for(std::size_t bytes) const noexcept {
    return bytes <= capacity_ && bytes_ <= capacity_ - bytes;
  }

  void push(item what);

  /// Removes and returns the oldest; nothing when none waits.
  std::optional<item> pop();

  /// Whether the oldest is the call of a script.
  bool is_call_next() const noexcept {
    return !items_.empty() && items_.front().is_call;
  }

  /// When the oldest began to wait; nothing when none waits.
  std::optional<clock::time_point> oldest() const noexcept;

  /// Returns how many of the newest fit completely into the last `unsent` bytes
  /// that were prepared: Redis has never seen them.
  std::size_t unsent_items(std::size_t unsent) const noexcept;

  std::size_t size() const noexcept { return items_.size(); }

  std::size_t bytes() const noexcept { return bytes_; }

private:
  std::size_t capacity_;
  std::size_t bytes_ = 0;
  std::deque<item> items_;
};

} // namespace rookery
