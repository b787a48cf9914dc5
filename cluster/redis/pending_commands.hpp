#pragma once

#include "cluster/redis/answer_handler.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>

namespace rookery {

/// The commands Redis has not answered yet, oldest first, as Redis answers in
/// order. Each has a handler for its answer. Their total size is limited; the
/// link's own commands do not count.
class pending_commands {
public:
  using clock = std::chrono::steady_clock;

  enum class kind : std::uint8_t {
    own,     ///< AUTH, PING or SCRIPT LOAD of the link itself
    publish, ///< a PUBLISH; the reply is a number
    call,    ///< a call of a script
  };

  struct command {
    kind type;
    /// The size of the encoded command, in bytes.
    std::size_t bytes;
    clock::time_point since;
    answer_handler then;
  };

  explicit pending_commands(std::size_t capacity) : capacity_{capacity} {}

  /// Returns true if a command of `bytes` bytes fits within the limit.
  bool has_room_for(std::size_t bytes) const noexcept {
    return bytes <= capacity_ && bytes_ <= capacity_ - bytes;
  }

  void push(command what);

  /// Returns the oldest command; null if there is none.
  const command* oldest() const noexcept {
    return commands_.empty() ? nullptr : &commands_.front();
  }

  /// Removes and returns the oldest command. There must be one.
  command pop();

  /// Removes all commands without calling their handlers.
  void clear();

  /// Number of commands, the link's own included.
  std::size_t count() const noexcept { return commands_.size(); }

  /// Returns how many of the newest commands lie completely within the last
  /// `unsent` bytes of the output: Redis has never received them.
  std::size_t unsent_commands(std::size_t unsent) const noexcept;

  /// The number of commands without the link's own, and their bytes.
  std::size_t size() const noexcept { return size_; }

  std::size_t bytes() const noexcept { return bytes_; }

private:
  std::size_t capacity_;
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
  std::deque<command> commands_;
};

} // namespace rookery
