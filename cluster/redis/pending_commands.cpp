#include "cluster/redis/pending_commands.hpp"

#include <utility>

namespace rookery {

void pending_commands::push(command what) {
  if (what.type != kind::own) {
    ++size_;
    bytes_ += what.bytes;
  }
  commands_.push_back(std::move(what));
}

pending_commands::command pending_commands::pop() {
  auto result = std::move(commands_.front());
  commands_.pop_front();
  if (result.type != kind::own) {
    --size_;
    bytes_ -= result.bytes;
  }
  return result;
}

void pending_commands::clear() {
  commands_.clear();
  size_ = bytes_ = 0;
}

std::size_t
pending_commands::unsent_commands(std::size_t unsent) const noexcept {
  std::size_t count = 0;
  for (auto each = commands_.rbegin(); each != commands_.rend(); ++each) {
    if (each->bytes > unsent)
      break;
    unsent -= each->bytes;
    ++count;
  }
  return count;
}

} // namespace rookery
