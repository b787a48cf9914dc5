#pragma once

#include <caf/actor_clock.hpp>

#include <chrono>
#include <cstdint>

namespace rookery {

/// Checks that publications come back, as a link can be up and carry nothing.
/// One mark at a time is under way.
class deafness_probe {
public:
  using time_point = caf::actor_clock::time_point;

  enum class verdict : std::uint8_t {
    stale, ///< not the mark that is under way: nothing to do
    heard,
    missed,
    deaf, ///< missed again although Redis had accepted it
  };

  /// A mark is sent now. It replaces the one before.
  void start(std::uint64_t mark, time_point now) noexcept;

  /// Forgets the mark under way and the misses: a link fell.
  void reset() noexcept;

  /// Redis has accepted that mark.
  void answered(std::uint64_t mark) noexcept;

  /// Returns true when that mark was under way.
  bool returned(std::uint64_t mark, time_point now) noexcept;

  /// The time for `mark` to come back is over.
  verdict judge(std::uint64_t mark) noexcept;

  /// Round trip of the last mark that came back; zero before the first.
  std::chrono::microseconds round_trip() const noexcept { return round_trip_; }

  /// Marks that have not come back in their time, since the start.
  std::uint64_t missed() const noexcept { return missed_; }

  /// Since when no mark has come back; zero before the first.
  std::chrono::nanoseconds age(time_point now) const noexcept {
    return returned_ == time_point{} ? std::chrono::nanoseconds{0}
                                     : now - returned_;
  }

private:
  /// Misses in a row that make a link deaf.
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
