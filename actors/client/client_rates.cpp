#include "actors/client/client_rates.hpp"

namespace rookery {

namespace {

/// The maximum number of turns at a time, so that the loop's other work is
/// done in between.
constexpr int turns_at_a_time = 16;

} // namespace

void client_rates::queue(waiting_line::client& who) {
  ++waits_;
  waiting_.add(who);
  if (!std::exchange(is_tick_awaited_, true))
    ticks_->await_tick();
}

void client_rates::tick() {
  is_tick_awaited_ = false;
  due_.take_over(waiting_);
  hand_out();
}

void client_rates::hand_out() {
  for (int i = 0; i < turns_at_a_time && !due_.is_empty(); ++i)
    due_.serve();
  if (!due_.is_empty())
    wake_();
}

bool client_rates::admits_channel(const token_bucket& of) noexcept {
  if (!ticks_)
    return true;
  const auto now = ticks_->now();
  if (of.has_token(now, most_.new_channels)
      && new_channels_.has_token(now, most_.all_new_channels))
    return true;
  ++refused_channels_;
  return false;
}

void client_rates::count_channel(token_bucket& of) noexcept {
  if (!ticks_)
    return;
  const auto now = ticks_->now();
  of.spend(now, most_.new_channels, 1);
  new_channels_.spend(now, most_.all_new_channels, 1);
}

} // namespace rookery
