#include "net/session_list.hpp"

#include <algorithm>
#include <vector>

namespace rookery {

void session_list::add(client_socket& added) noexcept {
  intrusive_ptr_add_ref(&added);
  open_.push_back(added);
  ++open_count_;
  size_.fetch_add(1, std::memory_order_relaxed);
  if (is_paused_)
    added.pause_input();
}

void session_list::remove(client_socket& gone) noexcept {
  auto& hook = static_cast<client_hook&>(gone);
  if (!hook.is_linked())
    return;
  hook.unlink();
  if (!gone.is_asked_to_close_)
    --open_count_;
  size_.fetch_sub(1, std::memory_order_relaxed);
  intrusive_ptr_release(&gone);
}

void session_list::pause_reading() noexcept {
  is_paused_ = true;
  for (auto& each : open_)
    each.pause_input();
}

bool session_list::finish_reading() noexcept {
  is_paused_ = true;
  auto are_all_done = true;
  for (auto& each : open_)
    are_all_done = each.finish_input() && are_all_done;
  return are_all_done;
}

std::size_t session_list::close_some(std::size_t count, close_reason reason) {
  for (; count > 0 && !open_.empty(); --count) {
    const client_ptr next{&open_.front()};
    next->is_asked_to_close_ = true;
    --open_count_;
    open_.pop_front();
    closing_.push_back(*next);
    next->finish(reason);
  }
  return open_count_;
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
  for (auto* each : {&open_, &closing_})
    for (auto& candidate : *each)
      if (candidate.output_cost() > 0)
        queued.emplace_back(&candidate);
  std::sort(queued.begin(), queued.end(), [](const auto& x, const auto& y) {
    return x->output_cost() > y->output_cost();
  });
  for (const auto& largest : queued) {
    const auto cost = largest->output_cost();
    largest->close_without_output(close_reason::memory_pressure);
    if (cost >= excess)
      return;
    excess -= cost;
  }
}

client_socket* session_list::any() noexcept {
  if (!open_.empty())
    return &open_.front();
  return closing_.empty() ? nullptr : &closing_.front();
}

} // namespace rookery
