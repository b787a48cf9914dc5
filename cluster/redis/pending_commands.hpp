#pragma once

#include "cluster/redis/answer_handler.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>

namespace rookery {

/// The commands Redis has not answered yet, oldest first: Redis answers in
/// order. Each knows what to do with its answer. Bounded in bytes, except for
/// the link's own commands.
class pending_commands {
public:
  using clock = std::chrono::steady_clock;

  enum class kind : std::uint8_t {
    own,     ///< of the link itself: to sign in, to load, to look for life
    publish, ///< answered with a number
    call,    ///< of a script
  };

  struct command {
    kind type;
    /// Bytes of the encoded command.
    std::size_t bytes;
    clock::time_point since;
    answer_handler then;
  };

  explicit pending_commands(std::size_t capacity) : capacity_{capacity} {}

  /// Returns true if `bytes` more can wait for an answer.
  bool has_room_for(std::size_t bytes) const noexcept {
    return bytes <= capacity_ && bytes_ <= capacity_ - bytes;
  }

  void push(command what);

  /// Returns null if there is none.
  const command* oldest() const noexcept {
    return commands_.empty() ? nullptr : &commands_.front();
  }

  /// Removes and returns the oldest. There must be one.
  command pop();

  /// Forgets all, none of which is told.
  void clear();

  /// Number of commands, the link's own included.
  std::size_t count() const noexcept { return commands_.size(); }

  /// Returns how many of the newest fit completely into the last `unsent` bytes
  /// that were prepared: Redis has never seen them.
  std::size_t unsent_commands(std::size_t unsent) const noexcept;

  /// Number and bytes of all but the link's own.
  std::size_t size() const noexcept { return size_; }

  std::size_t bytes() const noexcept { return bytes_; }

private:
  std::size_t capacity_;
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
  std::deque<command> commands_;
};

} // namespace rookery
