#include "cluster/bridge/empty_histories.hpp"

#include "cluster/bridge/history_scripts.hpp"

#include <utility>

namespace rookery {

void empty_histories::note(std::string_view channel, time_point now) {
  if (!fan_.is_known(channel))
    return;
  const auto [name, is_new] = known_.emplace(channel);
  if (is_new)
    entries_.push_back({now + interval, *name});
}

bool empty_histories::renew(time_point now) {
  for (std::size_t i = 0; i < at_a_time; ++i) {
    if (entries_.empty() || entries_.front().due > now)
      return false;
    const auto channel = std::move(entries_.front().channel);
    entries_.pop_front();
    known_.erase(known_.find(channel));
    if (fan_.is_known(channel))
      renew(channel, now);
  }
  return !entries_.empty() && entries_.front().due <= now;
}

void empty_histories::renew(const std::string& channel, time_point now) {
  requests_.call(
    history_renew{channel},
    [this, channel, now](const redis_reply* reply, publish_problem) {
      // Without an answer it may still be empty.
      if (!reply || read_is_empty(*reply).value_or(false))
        note(channel, now);
    });
}

void empty_histories::describe(snapshot& out) const {
  out.add("empty_histories", static_cast<std::int64_t>(entries_.size()));
}

} // namespace rookery
