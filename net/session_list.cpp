#include "net/session_list.hpp"

#include <algorithm>
#include <vector>

namespace rookery {

void session_list::add(client_socket& added) noexcept {
  intrusive_ptr_add_ref(&added);
  clients_.push_back(added);
  size_.fetch_add(1, std::memory_order_relaxed);
  if (is_paused_)
    added.pause_input();
}

void session_list::remove(client_socket& gone) noexcept {
  auto& hook = static_cast<client_hook&>(gone);
  if (!hook.is_linked())
    return;
  hook.unlink();
  size_.fetch_sub(1, std::memory_order_relaxed);
  intrusive_ptr_release(&gone);
}

void session_list::pause_reading() noexcept {
  is_paused_ = true;
  for (auto& each : clients_)
    each.pause_input();
}

void session_list::resume_reading() noexcept {
  is_paused_ = false;
  for (auto& each : clients_)
    each.resume_input();
}

bool session_list::finish_reading() noexcept {
  is_paused_ = true;
  auto are_all_done = true;
  for (auto& each : clients_)
    are_all_done = each.finish_input() && are_all_done;
  return are_all_done;
}

void session_list::close_all(close_reason reason) {
  std::vector<client_ptr> present;
  for (auto& each : clients_)
    present.emplace_back(&each);
  for (const auto& each : present)
    each->finish(reason);
}

void session_list::abort_all() {
  while (!clients_.empty())
    clients_.front().shut(close_reason::going_away);
}

void session_list::drop_all() noexcept {
  while (!clients_.empty())
    clients_.front().drop();
}

void session_list::relieve(std::size_t excess) {
  std::vector<client_ptr> queued;
  for (auto& candidate : clients_)
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

} // namespace rookery
