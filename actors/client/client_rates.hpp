#pragma once

#include "actors/client/waiting_line.hpp"
#include "actors/runtime/token_bucket.hpp"

#include <cstdint>
#include <functional>
#include <utility>

namespace rookery {

/// The time of a loop in ticks: coarse, but free to read.
class tick_source {
public:
  using time_point = token_bucket::time_point;

  /// Returns the time of the last tick.
  virtual time_point now() const noexcept = 0;

  /// Must lead to a call of `client_rates::tick` at the next tick.
  virtual void await_tick() = 0;

protected:
  ~tick_source() = default;
};

/// The rates that the clients of one loop must keep. A client that has begun
/// too many commands waits for the ticks in which its tokens come back. A new
/// channel beyond a rate is refused: it costs memory in the whole cluster, and
/// the client's other commands need not wait for it. Loop thread only.
class client_rates {
public:
  struct limits {
    act_rate commands;         ///< of each client
    act_rate new_channels;     ///< of each client
    act_rate all_new_channels; ///< of all clients of the loop
  };

  /// Without `ticks` there are no limits; it must outlive this. `wake` must
  /// lead to a call of `hand_out` soon.
  client_rates(const limits& most, tick_source* ticks,
               std::function<void()> wake)
    : most_{ticks ? most : limits{}}, ticks_{ticks}, wake_{std::move(wake)} {}

  client_rates(const client_rates&) = delete;
  client_rates& operator=(const client_rates&) = delete;

  /// Returns true if the client whose bucket is `of` may begin a command.
  [[nodiscard]] bool admits(const token_bucket& of) const noexcept {
    return most_.commands.per_second == 0
           || of.has_token(ticks_->now(), most_.commands);
  }

  /// Counts a command.
  void count(token_bucket& of) const noexcept {
    if (most_.commands.per_second > 0)
      of.spend(ticks_->now(), most_.commands, 1);
  }

  /// Adds a client that was not admitted to those that wait for the next tick,
  /// unless it waits already.
  void queue(waiting_line::client& who);

  /// Lets the clients that wait go on, unless their buckets are empty still.
  void tick();

  /// Gives waiting clients their turns, some at a time.
  void hand_out();

  /// Returns true if the client whose bucket is `of` may use a channel that may
  /// be new. Counts a refusal.
  [[nodiscard]] bool admits_channel(const token_bucket& of) noexcept;

  /// Counts a channel that was new, if need be beyond what there is.
  void count_channel(token_bucket& of) noexcept;

  /// The same for a client that can have only one channel.
  [[nodiscard]] bool admits_channel() noexcept {
    return admits_channel(token_bucket{});
  }

  void count_channel() noexcept {
    token_bucket of_client;
    count_channel(of_client);
  }

  /// The times that clients had to wait.
  std::uint64_t waits() const noexcept { return waits_; }

  /// The number of channels that were refused.
  std::uint64_t refused_channels() const noexcept { return refused_channels_; }

private:
  const limits most_;
  tick_source* const ticks_;
  const std::function<void()> wake_;
  waiting_line waiting_; // for the next tick
  waiting_line due_;     // have their turns
  token_bucket new_channels_;
  std::uint64_t waits_ = 0;
  std::uint64_t refused_channels_ = 0;
  bool is_tick_awaited_ = false;
};

} // namespace rookery
