#include "cluster/memory/publish_results.hpp"

#include "cluster/shared/deadline.hpp"

#include <string>

namespace rookery {

namespace {

// Returns a key with a separator that no channel's name contains.
std::string full_key(std::string_view channel, std::string_view key) {
  std::string result;
  result.reserve(channel.size() + 1 + key.size());
  result.append(channel).append(1, '\0').append(key);
  return result;
}

} // namespace

const stream_position* publish_results::find(std::string_view channel,
                                             const idempotency_key& key,
                                             time_point now) const {
  if (!key.keeps())
    return nullptr;
  const auto found = results_.find(full_key(channel, key.text));
  if (found == results_.end() || found->second.deadline <= now)
    return nullptr;
  return &found->second.position;
}

void publish_results::keep(std::string_view channel, const idempotency_key& key,
                           const stream_position& position, time_point now) {
  if (!key.keeps() || capacity_ == 0)
    return;
  auto name = full_key(channel, key.text);
  if (const auto old = results_.find(name); old != results_.end())
    results_.erase(old);
  else if (results_.size() == capacity_)
    drop(by_age_.front());
  const auto added = results_.try_emplace(std::move(name)).first;
  auto& what = added->second;
  what.key = added->first;
  what.position = position;
  what.deadline = deadline_after(now, key.ttl);
  by_age_.push_back(what);
}

bool publish_results::expire_one(time_point now) {
  if (by_age_.empty() || by_age_.front().deadline > now)
    return false;
  drop(by_age_.front());
  return true;
}

void publish_results::drop(const result& which) {
  results_.erase(results_.find(which.key));
}

} // namespace rookery
