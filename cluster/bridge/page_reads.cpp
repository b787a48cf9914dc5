#include "cluster/bridge/page_reads.hpp"

#include <caf/abstract_actor.hpp>
#include <caf/actor_cast.hpp>

namespace rookery {

namespace {

bool has_ended(const page_asker& who) {
  const auto* actor = caf::actor_cast<caf::abstract_actor*>(who.actor);
  return !actor || actor->getf(caf::abstract_actor::is_cleaned_up_flag);
}

} // namespace

void page_reads::add(std::string key, page_asker asker, starter start) {
  if (const auto found = waiting_.find(key); found != waiting_.end()) {
    found->second->wanted_by.push_back(std::move(asker));
    return;
  }
  const auto id = asker.actor ? asker.actor->id() : 0;
  auto added = std::make_shared<read>();
  added->key = std::move(key);
  added->wanted_by.push_back(std::move(asker));
  added->start = std::move(start);
  waiting_.emplace(added->key, added);
  auto& own = by_asker_[id];
  if (own.empty())
    turns_.push_back(id);
  own.push_back(std::move(added));
  start_some();
}

void page_reads::start_some() {
  // A read that is refused ends within its start.
  if (std::exchange(is_starting_, true))
    return;
  while (under_way_ < limit_ && !turns_.empty()) {
    const auto next = take_next();
    std::erase_if(next->wanted_by, has_ended);
    if (next->wanted_by.empty())
      continue;
    ++under_way_;
    next->start(std::move(next->wanted_by), [this] {
      --under_way_;
      start_some();
    });
  }
  is_starting_ = false;
}

page_reads::read_ptr page_reads::take_next() {
  const auto id = turns_.front();
  turns_.pop_front();
  const auto own = by_asker_.find(id);
  auto result = std::move(own->second.front());
  own->second.pop_front();
  if (own->second.empty())
    by_asker_.erase(own);
  else
    turns_.push_back(id);
  waiting_.erase(result->key);
  return result;
}

void page_reads::describe(snapshot& out) const {
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.add("reads_under_way", number(under_way_));
  out.add("reads_waiting", number(waiting_.size()));
}

} // namespace rookery
