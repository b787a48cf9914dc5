#include "cluster/bridge/deafness_probe.hpp"

namespace rookery {

void deafness_probe::start(std::uint64_t mark, time_point now) noexcept {
  mark_ = mark;
  started_ = now;
  is_answered_ = false;
  is_back_ = false;
}

void deafness_probe::reset() noexcept {
  mark_ = 0;
  misses_ = 0;
}

void deafness_probe::answered(std::uint64_t mark) noexcept {
  if (mark == mark_)
    is_answered_ = true;
}

bool deafness_probe::returned(std::uint64_t mark, time_point now) noexcept {
  if (mark == 0 || mark != mark_)
    return false;
  is_back_ = true;
  misses_ = 0;
  returned_ = now;
  round_trip_ =
    std::chrono::duration_cast<std::chrono::microseconds>(now - started_);
  return true;
}

deafness_probe::verdict deafness_probe::judge(std::uint64_t mark) noexcept {
  if (mark == 0 || mark != mark_)
    return verdict::stale;
  if (is_back_)
    return verdict::heard;
  ++missed_;
  // If Redis did not answer, the publish link failed; it has its own watchdog.
  if (is_answered_)
    ++misses_;
  return misses_ < patience ? verdict::missed : verdict::deaf;
}

} // namespace rookery
