#include "net/flush_list.hpp"

#include "net/io_loop.hpp"

#include <boost/asio/defer.hpp>

namespace rookery {

void flush_list::add(client& dirty) {
  dirty_.emplace_back(&dirty);
  if (is_scheduled_)
    return;
  is_scheduled_ = true;
  boost::asio::defer(loop_.context(), [this] { run(); });
}

void flush_list::run() {
  is_scheduled_ = false;
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
