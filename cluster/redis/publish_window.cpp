#include "cluster/redis/publish_window.hpp"

namespace rookery {

void publish_window::push(item what) {
  bytes_ += what.bytes;
  items_.push_back(what);
}

std::optional<publish_window::item> publish_window::pop() {
  if (items_.empty())
    return std::nullopt;
  const auto result = items_.front();
  items_.pop_front();
  bytes_ -= result.bytes;
  return result;
}

std::optional<publish_window::clock::time_point>
publish_window::oldest() const noexcept {
  if (items_.empty())
    return std::nullopt;
  return items_.front().since;
}

std::size_t publish_window::unsent_items(std::size_t unsent) const noexcept {
  std::size_t count = 0;
  for (auto item = items_.rbegin(); item != items_.rend(); ++item) {
    if (item->bytes > unsent)
      break;
    unsent -= item->bytes;
    ++count;
  }
  return count;
}

} // namespace rookery
