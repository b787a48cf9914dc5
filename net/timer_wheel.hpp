#pragma once

#include <boost/intrusive/list.hpp>

#include <array>
#include <cassert>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace rookery {

/// An entry that waits in a timer wheel for at most one moment. Must have left
/// the wheel when it is destroyed.
class wheel_entry
  : public boost::intrusive::list_base_hook<
      boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
  wheel_entry() = default;
  wheel_entry(const wheel_entry&) = delete;
  wheel_entry& operator=(const wheel_entry&) = delete;

protected:
  ~wheel_entry() { assert(!is_linked()); }

private:
  friend class client_socket;
  friend class timer_wheel;

  /// The deadline has come. May schedule again, and may change the wheel at
  /// will.
  virtual void expire() = 0;

  std::uint32_t due_ = 0;
  /// The place of a client socket in the book of addresses, kept here because
  /// these bytes would be padding; 0: not counted.
  std::uint32_t place_ = 0;
};

/// The deadlines of one loop, in ticks of 250 ms: a ping may be a quarter of a
/// second early, and a timer per connection would cost more than the rest of
/// it. Has no clock of its own. Loop thread only.
class timer_wheel {
public:
  static constexpr std::chrono::milliseconds tick{250};

  /// Returns the tick at which `delay` from now has passed, rounded down, at
  /// least the next one: entries come up to a tick early, never late.
  std::uint32_t after(std::chrono::milliseconds delay) const noexcept;

  /// Lets `entry` expire at tick `due`, instead of what it waited for before.
  void schedule(wheel_entry& entry, std::uint32_t due) noexcept;

  void schedule(wheel_entry& entry, std::chrono::milliseconds delay) noexcept {
    schedule(entry, after(delay));
  }

  static void cancel(wheel_entry& entry) noexcept;

  /// Moves on to tick `now` and expires what is due, in order of ticks.
  void advance(std::uint32_t now);

  std::uint32_t now() const noexcept { return now_; }

  /// Returns the time of the current tick since the wheel's start.
  std::chrono::steady_clock::time_point time() const noexcept {
    return std::chrono::steady_clock::time_point{now_ * tick};
  }

private:
  static constexpr std::size_t slot_count = 256;

  using list =
    boost::intrusive::list<wheel_entry,
                           boost::intrusive::constant_time_size<false>>;

  void expire_slot();

  std::array<list, slot_count> slots_;
  std::uint32_t now_ = 0;
};

} // namespace rookery
