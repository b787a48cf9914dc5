#pragma once

#include <caf/actor_clock.hpp>

#include <chrono>
#include <cstdint>

namespace rookery {

/// A check that publications come back from Redis, as a link can be up and
/// carry no data. The bridge publishes marks (numbers), one at a time.
class deafness_probe {
public:
  using time_point = caf::actor_clock::time_point;

  enum class verdict : std::uint8_t {
    stale, ///< not the mark that is under way: ignore it
    heard,
    missed,
    deaf, ///< missed repeatedly although Redis had accepted the marks
  };

  /// Notes that a mark is sent now. It replaces the previous one.
  void start(std::uint64_t mark, time_point now) noexcept;

  /// Clears the mark under way and the misses, because a link was lost.
  void reset() noexcept;

  /// Notes that Redis has accepted that mark.
  void answered(std::uint64_t mark) noexcept;

  /// Notes that a mark has come back. Returns true if it was under way.
  bool returned(std::uint64_t mark, time_point now) noexcept;

  /// Returns the result for `mark`, whose time limit has ended.
  verdict judge(std::uint64_t mark) noexcept;

  /// Round trip of the last mark that came back; zero before the first.
  std::chrono::microseconds round_trip() const noexcept { return round_trip_; }

  /// Number of marks that did not come back in time.
  std::uint64_t missed() const noexcept { return missed_; }

  /// Time since the last mark came back; zero before the first.
  std::chrono::nanoseconds age(time_point now) const noexcept {
    return returned_ == time_point{} ? std::chrono::nanoseconds{0}
                                     : now - returned_;
  }

private:
  /// Number of misses in a row after which a link is deaf.
  static constexpr unsigned patience = 2;

  std::uint64_t mark_ = 0;
  time_point started_;
  bool is_answered_ = false;
  bool is_back_ = false;
  unsigned misses_ = 0;
  std::chrono::microseconds round_trip_{0};
  time_point returned_;
  std::uint64_t missed_ = 0;
};

} // namespace rookery
