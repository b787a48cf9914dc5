#include "cluster/redis/redis_subscriptions.hpp"

namespace rookery {

void redis_subscriptions::want(std::string_view name) {
  auto entry = names_.find(name);
  if (entry == names_.end())
    entry = names_.emplace(name, state{}).first;
  if (entry->second.wanted)
    return;
  entry->second.wanted = true;
  ++wanted_;
  queue_if_due(*entry);
}

void redis_subscriptions::unwant(std::string_view name) {
  const auto entry = names_.find(name);
  if (entry == names_.end() || !entry->second.wanted)
    return;
  entry->second.wanted = false;
  --wanted_;
  leave_refused(entry->second);
  if (entry->second.now == phase::absent)
    stop_restoring(entry->second);
  queue_if_due(*entry);
  erase_if_done(entry);
}

void redis_subscriptions::restart() {
  queue_.clear();
  retries_.clear();
  confirmed_ = refused_ = 0;
  restoring_ = wanted_;
  for (auto entry = names_.begin(); entry != names_.end();) {
    const auto wanted = entry->second.wanted;
    entry->second = {.wanted = wanted, .restoring = wanted};
    if (wanted) {
      queue_if_due(*entry);
      ++entry;
    } else {
      entry = names_.erase(entry);
    }
  }
}

redis_subscriptions::command
redis_subscriptions::take(std::size_t max_count,
                          std::vector<std::string_view>& names) {
  names.clear();
  auto result = command::none;
  while (!queue_.empty() && names.size() < max_count) {
    auto& entry = *queue_.front();
    const auto what = due(entry.second);
    if (what != command::none) {
      if (result != command::none && (what != result || entry.second.alone))
        break;
      result = what;
      names.push_back(entry.first);
      entry.second.now =
        what == command::subscribe ? phase::subscribing : phase::unsubscribing;
    }
    queue_.pop_front();
    entry.second.queued = false;
    if (what == command::none)
      erase_if_done(names_.find(entry.first));
    else if (entry.second.alone)
      break;
  }
  return result;
}

bool redis_subscriptions::subscribed(std::string_view name) {
  const auto entry = names_.find(name);
  if (entry == names_.end() || entry->second.now != phase::subscribing)
    return false;
  entry->second.now = phase::subscribed;
  entry->second.alone = false;
  ++confirmed_;
  stop_restoring(entry->second);
  queue_if_due(*entry);
  return true;
}

bool redis_subscriptions::unsubscribed(std::string_view name) {
  const auto entry = names_.find(name);
  if (entry == names_.end() || entry->second.now != phase::unsubscribing)
    return false;
  entry->second.now = phase::absent;
  --confirmed_;
  queue_if_due(*entry);
  erase_if_done(entry);
  return true;
}

void redis_subscriptions::refuse(command what,
                                 const std::vector<std::string_view>& names,
                                 bool denied, clock::time_point now) {
  const auto is_single = names.size() == 1;
  const auto at = now + (denied ? denied_pause : failed_pause);
  for (const auto name : names) {
    const auto entry = names_.find(name);
    auto& found = entry->second;
    if (what == command::unsubscribe) {
      found.now = phase::subscribed;
      retries_.emplace(at, entry->first);
      continue;
    }
    found.now = phase::absent;
    found.alone = found.alone || denied;
    if (found.wanted && !(denied && !is_single)) {
      found.now = phase::refused;
      ++refused_;
      retries_.emplace(at, entry->first);
    }
    if (!found.wanted || (denied && is_single))
      stop_restoring(found);
    queue_if_due(*entry);
    erase_if_done(entry);
  }
}

void redis_subscriptions::retry(clock::time_point now) {
  for (std::size_t i = 0;
       i < max_retries && !retries_.empty() && retries_.begin()->first <= now;
       ++i) {
    const auto next = retries_.extract(retries_.begin());
    const auto entry = names_.find(next.mapped());
    if (entry == names_.end())
      continue;
    leave_refused(entry->second);
    queue_if_due(*entry);
  }
}

void redis_subscriptions::renew(std::string_view name) {
  const auto entry = names_.find(name);
  if (entry == names_.end() || entry->second.now != phase::subscribed)
    return;
  entry->second.now = phase::absent;
  --confirmed_;
  queue_if_due(*entry);
  erase_if_done(entry);
}

bool redis_subscriptions::is_confirmed(std::string_view name) const {
  const auto entry = names_.find(name);
  return entry != names_.end() && entry->second.now == phase::subscribed;
}

// A position is a bucket number. Names keep their bucket until the table grows.
std::size_t
redis_subscriptions::list_confirmed(std::size_t from, std::size_t max_count,
                                    std::vector<std::string>& names) const {
  for (; from < names_.bucket_count() && names.size() < max_count; ++from)
    for (auto each = names_.begin(from); each != names_.end(from); ++each)
      if (each->second.now == phase::subscribed)
        names.push_back(each->first);
  return from < names_.bucket_count() ? from : 0;
}

bool redis_subscriptions::is_wanted(std::string_view name) const {
  const auto entry = names_.find(name);
  return entry != names_.end() && entry->second.wanted;
}

redis_subscriptions::command
redis_subscriptions::due(const state& what) noexcept {
  if (what.wanted && what.now == phase::absent)
    return command::subscribe;
  if (!what.wanted && what.now == phase::subscribed)
    return command::unsubscribe;
  return command::none;
}

void redis_subscriptions::queue_if_due(table::value_type& entry) {
  if (entry.second.queued || due(entry.second) == command::none)
    return;
  entry.second.queued = true;
  queue_.push_back(&entry);
}

void redis_subscriptions::stop_restoring(state& what) noexcept {
  if (what.restoring)
    --restoring_;
  what.restoring = false;
}

void redis_subscriptions::leave_refused(state& what) noexcept {
  if (what.now != phase::refused)
    return;
  what.now = phase::absent;
  --refused_;
}

void redis_subscriptions::erase_if_done(table::iterator entry) {
  const auto& what = entry->second;
  if (!what.wanted && !what.queued && what.now == phase::absent)
    names_.erase(entry);
}

} // namespace rookery
