#include "net/timer_wheel.hpp"

#include <algorithm>

namespace rookery {

std::uint32_t
timer_wheel::after(std::chrono::milliseconds delay) const noexcept {
  const auto ticks = std::max<std::int64_t>(1, delay / tick);
  return now_ + static_cast<std::uint32_t>(ticks);
}

void timer_wheel::schedule(wheel_entry& entry, std::uint32_t due) noexcept {
  cancel(entry);
  entry.due_ = std::max(due, now_ + 1);
  slots_[entry.due_ % slot_count].push_back(entry);
}

void timer_wheel::cancel(wheel_entry& entry) noexcept {
  if (entry.is_linked())
    entry.unlink();
}

void timer_wheel::advance(std::uint32_t now) {
  while (now_ < now) {
    ++now_;
    expire_slot();
  }
}

void timer_wheel::expire_slot() {
  // An expiring entry may cancel its neighbours: hold no iterator meanwhile.
  list due;
  due.swap(slots_[now_ % slot_count]);
  while (!due.empty()) {
    auto& entry = due.front();
    entry.unlink();
    if (entry.due_ > now_)
      schedule(entry, entry.due_);
    else
      entry.expire();
  }
}

} // namespace rookery
