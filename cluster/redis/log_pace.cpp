#include "cluster/redis/log_pace.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

std::optional<std::uint64_t> log_pace::due(std::string_view key,
                                           clock::time_point now) {
  const auto found = std::ranges::find(entries_, key, &entry::key);
  if (found == entries_.end()) {
    if (entries_.size() == max_keys)
      entries_.erase(std::ranges::min_element(entries_, {}, &entry::logged_at));
    entries_.push_back({std::string{key}, 0, now});
    return 1;
  }
  ++found->count;
  if (now - found->logged_at < interval)
    return std::nullopt;
  found->logged_at = now;
  return std::exchange(found->count, 0);
}

} // namespace rookery
