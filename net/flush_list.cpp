#include "net/flush_list.hpp"

#include "net/io_loop.hpp"

namespace rookery {

void flush_list::add(client_socket& dirty) {
  dirty_.emplace_back(&dirty);
  loop_.plan_turn_end();
}

void flush_list::run() {
  if (dirty_.empty())
    return;
  batch_.swap(dirty_);
  for (auto& dirty : batch_)
    dirty->end_turn();
  batch_.clear();
  loop_.settle_output();
}

void flush_list::clear() noexcept {
  dirty_.clear();
  batch_.clear();
}

} // namespace rookery
