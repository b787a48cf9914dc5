#include "cluster/shared/backoff.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

backoff::backoff(std::function<double()> random) noexcept
  : backoff{std::move(random), range{}} {}

backoff::backoff(std::function<double()> random, range limits) noexcept
  : random_{std::move(random)}, limits_{limits}, pause_{limits.first} {}

backoff::duration backoff::next() {
  const auto pause = pause_;
  pause_ = std::min(pause_ * 2, limits_.longest);
  const auto jitter = random_() * static_cast<double>(pause.count()) / 4;
  return pause + duration{static_cast<duration::rep>(jitter)};
}

} // namespace rookery
