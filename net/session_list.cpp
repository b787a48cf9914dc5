#include "net/session_list.hpp"

#include <algorithm>
#include <vector>

namespace rookery {

void session_list::add(client_socket& added) noexcept {
  intrusive_ptr_add_ref(&added);
  untold_.push_back(added);
  ++untold_count_;
  size_.fetch_add(1, std::memory_order_relaxed);
  if (is_paused_)
    added.pause_input();
}

void session_list::remove(client_socket& gone) noexcept {
  auto& hook = static_cast<client_hook&>(gone);
  if (!hook.is_linked())
    return;
  hook.unlink();
  if (!gone.is_told_)
    --untold_count_;
  size_.fetch_sub(1, std::memory_order_relaxed);
  intrusive_ptr_release(&gone);
}

void session_list::pause_reading() noexcept {
  is_paused_ = true;
  for (auto& each : untold_)
    each.pause_input();
}

std::size_t session_list::close_some(std::size_t count, close_reason reason) {
  for (; count > 0 && !untold_.empty(); --count) {
    const client_ptr next{&untold_.front()};
    next->is_told_ = true;
    --untold_count_;
    untold_.pop_front();
    told_.push_back(*next);
    next->finish(reason);
  }
  return untold_count_;
}

void session_list::abort_all() {
  while (auto* next = any())
    next->shut(close_reason::going_away);
}

void session_list::drop_all() noexcept {
  while (auto* next = any())
    next->drop();
}

void session_list::relieve(std::size_t excess) {
  std::vector<client_ptr> queued;
  for (auto* each : {&untold_, &told_})
    for (auto& candidate : *each)
      if (candidate.output_cost() > 0)
        queued.emplace_back(&candidate);
  std::sort(queued.begin(), queued.end(), [](const auto& x, const auto& y) {
    return x->output_cost() > y->output_cost();
  });
  for (const auto& largest : queued) {
    const auto cost = largest->output_cost();
    largest->condemn(close_reason::memory_pressure);
    if (cost >= excess)
      return;
    excess -= cost;
  }
}

client_socket* session_list::any() noexcept {
  if (!untold_.empty())
    return &untold_.front();
  return told_.empty() ? nullptr : &told_.front();
}

} // namespace rookery
