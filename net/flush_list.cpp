#include "net/flush_list.hpp"

#include "net/io_loop.hpp"

#include <chrono>
#include <utility>

namespace rookery {

namespace {

/// The clients and sends after which to look at the clock. A client may need
/// many sends.
constexpr std::size_t steps_per_look = 64;

} // namespace

void flush_list::add(client_socket& dirty) {
  dirty_.emplace_back(&dirty);
  loop_.plan_turn_end();
}

void flush_list::run() {
  if (batch_.empty())
    batch_.swap(dirty_);
  if (batch_.empty())
    return;
  const auto end =
    std::chrono::steady_clock::now() + loop_.limits().flush_share;
  while (next_ < batch_.size()) {
    std::exchange(batch_[next_++], nullptr)->end_turn();
    if (++steps_ < steps_per_look)
      continue;
    steps_ = 0;
    if (std::chrono::steady_clock::now() > end)
      break;
  }
  loop_.settle_memory();
  if (next_ == batch_.size()) {
    batch_.clear();
    next_ = 0;
  }
  if (!batch_.empty() || !dirty_.empty())
    loop_.plan_turn_end();
}

void flush_list::clear() noexcept {
  dirty_.clear();
  batch_.clear();
  next_ = 0;
}

} // namespace rookery
