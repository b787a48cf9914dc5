#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace rookery {

/// The number of acts allowed per second, on average over `window`: that many
/// seconds' worth may come at once.
struct act_rate {
  static constexpr std::chrono::seconds usual_window{10};

  std::size_t per_second = 0; ///< 0: no limit
  std::chrono::milliseconds window = usual_window;

  std::chrono::nanoseconds interval(std::size_t acts = 1) const noexcept {
    constexpr std::size_t second = 1'000'000'000;
    return std::chrono::nanoseconds{acts * second / per_second};
  }
};

/// A token bucket in one number: the time at which it is full again. Needs no
/// timer.
class token_bucket {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// Takes a token. Returns false if there is none.
  bool take(time_point now, act_rate rate) noexcept {
    if (!has_token(now, rate))
      return false;
    spend(now, rate, 1);
    return true;
  }

  /// Takes tokens for acts that cannot be prevented any more. If there are
  /// fewer, the bucket stays empty for the longer.
  void spend(time_point now, act_rate rate, std::size_t acts) noexcept {
    if (rate.per_second > 0)
      full_at_ = std::max(full_at_, now) + rate.interval(acts);
  }

  bool has_token(time_point now, act_rate rate) const noexcept {
    return rate.per_second == 0
           || std::max(full_at_, now) + rate.interval() <= now + rate.window;
  }

  bool is_full(time_point now) const noexcept { return full_at_ <= now; }

private:
  time_point full_at_ = time_point::min();
};

} // namespace rookery
