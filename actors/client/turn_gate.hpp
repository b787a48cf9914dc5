#pragma once

#include "actors/client/waiting_line.hpp"

#include <functional>
#include <utility>

namespace rookery {

/// Bounds the commands that the clients of one loop begin in one go, so that
/// the loop's other work is done in between. Loop thread only.
class turn_gate {
public:
  /// The number of commands in one go: a few milliseconds.
  static constexpr unsigned max_commands = 128;

  /// `wake` must lead to a call of `open` after what the loop does now.
  explicit turn_gate(std::function<void()> wake) : wake_{std::move(wake)} {}

  /// Returns true if a client may begin one more command now; see
  /// `waiting_line`.
  [[nodiscard]] bool admits(const waiting_line::client* who) noexcept {
    if (begun_ == max_commands || !line_.admits(who))
      return false;
    ++begun_;
    return true;
  }

  /// Adds a client that was not admitted to the queue, unless it is there.
  void queue(waiting_line::client& who) {
    line_.add(who);
    if (!std::exchange(is_woken_, true))
      wake_();
  }

  /// Begins the next go and gives the waiting clients their turns.
  void open() {
    begun_ = 0;
    is_woken_ = false;
    while (begun_ < max_commands && !line_.is_empty())
      line_.serve();
    if (!line_.is_empty() && !std::exchange(is_woken_, true))
      wake_();
  }

private:
  const std::function<void()> wake_;
  waiting_line line_;
  unsigned begun_ = 0;
  bool is_woken_ = false;
};

} // namespace rookery
