#include "net/memory_budget.hpp"

#include <algorithm>

namespace rookery {

memory_budget::memory_budget(std::size_t limit, unsigned loops)
  : limit_{limit}, slots_(loops) {}

void memory_budget::publish(unsigned loop, std::size_t bytes) noexcept {
  slots_[loop].bytes.store(bytes, std::memory_order_relaxed);
}

std::size_t memory_budget::total() const noexcept {
  std::size_t result = 0;
  for (const auto& slot : slots_)
    result += slot.bytes.load(std::memory_order_relaxed);
  return result;
}

std::size_t memory_budget::excess_of(unsigned loop) const noexcept {
  const auto sum = total();
  if (sum <= limit_)
    return 0;
  // Over the limit at least one loop is above its share and acts. If several
  // act at once, they do not give up more than the excess.
  const auto share = limit_ / slots_.size();
  const auto own = slots_[loop].bytes.load(std::memory_order_relaxed);
  return own <= share ? 0 : std::min(sum - limit_, own - share);
}

} // namespace rookery
