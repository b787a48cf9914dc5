#include "cluster/bridge/webhook_book.hpp"

#include "cluster/webhooks/webhook_text.hpp"
#include "configs/log.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

webhook_book::webhook_book(redis_requests& desk, std::string node,
                           std::string name, std::function<void()> made,
                           std::size_t most_gone)
  : desk_{desk},
    node_{std::move(node)},
    name_{std::move(name)},
    made_{std::move(made)},
    most_gone_{most_gone} {}

void webhook_book::occupy(std::string_view channel) {
  add_here(channel_entry(channel), channel_text(channel));
}

void webhook_book::vacate(std::string_view channel) {
  if (const auto found = here_.find(channel_entry(channel));
      found != here_.end())
    end(found, channel_text(channel));
}

void webhook_book::enter(const client_entered& what) {
  add_here(client_entry(what.client), client_text(name_, what));
}

void webhook_book::leave(const client_left& what) {
  if (const auto found = here_.find(client_entry(what.client));
      found != here_.end())
    end(found, client_text(name_, what));
}

void webhook_book::add_here(std::string name, std::string text) {
  // Gone and back before Redis was told: nothing has happened.
  const auto was_gone = gone_.extract(name);
  const auto is_known = was_gone && was_gone.mapped().is_known;
  if (!is_known)
    unsent_.insert(name);
  here_.insert_or_assign(std::move(name), entry{std::move(text), is_known});
  add();
}

void webhook_book::end(entries::iterator which, std::string text) {
  auto node = here_.extract(which);
  const auto is_unsent = unsent_.erase(node.key()) > 0
                         && !node.mapped().is_known && !resent_to_
                         && !is_adding_;
  const auto is_channel = node.key().front() == channel_entry({}).front();
  // A channel of which Redis has never heard was never occupied.
  if (is_channel && is_unsent)
    return;
  if (gone_.size() >= most_gone_) {
    if (lost_++ == 0)
      log::warn("events are lost, too many wait for redis");
    ++untold_lost_;
    return;
  }
  node.mapped().text = std::move(text);
  gone_.insert(std::move(node));
  remove();
}

void webhook_book::link_up(time_point now) {
  is_up_ = true;
  is_leased_ = is_renewing_ = is_adding_ = is_removing_ = false;
  // While Redis was away nobody could renew a lease.
  may_sweep_at_ = now + lease;
  renew_at_ = now;
  // A step without an answer goes first: it is older than what is added.
  remove();
  tick(now);
}

void webhook_book::tick(time_point now) {
  if (!is_up_ || now < renew_at_)
    return;
  renew_at_ = now + lease / 3;
  renew();
  remove();
  if (now >= may_sweep_at_)
    sweep();
}

void webhook_book::renew() {
  if (std::exchange(is_renewing_, true))
    return;
  desk_.call(
    event_renew{node_, lease, cursor_},
    [this](const redis_reply* reply, publish_problem) { renewed(reply); });
}

void webhook_book::renewed(const redis_reply* reply) {
  is_renewing_ = false;
  const auto result = reply ? read_event_renewed(*reply) : std::nullopt;
  if (!result)
    return;
  cursor_ = result->cursor;
  if (!std::exchange(is_leased_, true) || !result->had_lease)
    resent_to_ = std::string{};
  end_forgotten(result->names);
  add();
}

/// Redis has gone back to an earlier state, or something had to be dropped:
/// ends what Redis has and we have not.
void webhook_book::end_forgotten(const std::vector<std::string>& names) {
  for (const auto& name : names) {
    const auto is_ending = std::ranges::any_of(
      ending_, [&](const event_end& each) { return each.name == name; });
    if (here_.contains(name) || is_ending || gone_.size() >= most_gone_)
      continue;
    gone_.try_emplace(name);
  }
  remove();
}

std::vector<webhook_book::entries::const_iterator> webhook_book::next_to_add() {
  std::vector<entries::const_iterator> result;
  while (!unsent_.empty() && result.size() < event_entries) {
    const auto name = unsent_.extract(unsent_.begin());
    if (const auto found = here_.find(name.value()); found != here_.end())
      result.push_back(found);
  }
  if (!resent_to_)
    return result;
  auto next = here_.upper_bound(*resent_to_);
  for (; next != here_.end() && result.size() < event_entries; ++next) {
    result.push_back(next);
    resent_to_ = next->first;
  }
  if (next == here_.end())
    resent_to_.reset();
  return result;
}

void webhook_book::add() {
  if (!is_up_ || !is_leased_ || is_adding_)
    return;
  const auto batch = next_to_add();
  if (batch.empty())
    return;
  is_adding_ = true;
  std::vector<event_entry> sent;
  std::vector<std::string> which;
  for (const auto& each : batch) {
    sent.push_back({each->first, each->second.text});
    which.push_back(each->first);
  }
  desk_.call(event_add{node_, sent},
             [this, which](const redis_reply* reply, publish_problem) {
               added(reply, which);
             });
}

void webhook_book::added(const redis_reply* reply,
                         const std::vector<std::string>& which) {
  is_adding_ = false;
  const auto result = reply ? read_event_added(*reply) : std::nullopt;
  if (!result || !result->had_lease) {
    is_leased_ = false; // the next renewal adds all again
    if (result)
      renew();
    return;
  }
  for (const auto& name : which)
    for (auto* list : {&here_, &gone_})
      if (const auto found = list->find(name); found != list->end())
        found->second.is_known = true;
  if (result->made > 0)
    made_();
  add();
}

void webhook_book::remove() {
  if (!is_up_ || is_removing_)
    return;
  if (!ending_.empty())
    return send_step();
  if (gone_.empty() && untold_lost_ == 0)
    return;
  while (!gone_.empty() && ending_.size() < event_entries) {
    auto next = gone_.extract(gone_.begin());
    const auto is_client = next.key().front() == client_entry({}).front();
    ending_.push_back({std::move(next.key()), std::move(next.mapped().text),
                       is_client || next.mapped().is_known});
  }
  ++step_;
  step_lost_ = std::exchange(untold_lost_, 0);
  send_step();
}

void webhook_book::send_step() {
  is_removing_ = true;
  desk_.call(
    event_remove{node_, step_, step_lost_, ending_},
    [this](const redis_reply* reply, publish_problem) { removed(reply); });
}

void webhook_book::removed(const redis_reply* reply) {
  is_removing_ = false;
  const auto made = reply ? read_event_removed(*reply) : std::nullopt;
  if (!made)
    return; // the next tick or link tries again
  // Those that came back meanwhile may have been added before this step.
  for (const auto& each : ending_)
    if (here_.contains(each.name))
      unsent_.insert(each.name);
  ending_.clear();
  step_lost_ = 0;
  add();
  if (*made > 0)
    made_();
  remove();
}

void webhook_book::sweep() {
  desk_.call(
    event_sweep{node_}, [this](const redis_reply* reply, publish_problem) {
      const auto result = reply ? read_event_swept(*reply) : std::nullopt;
      if (!result || result->node.empty())
        return;
      swept_ += result->made;
      if (result->made > 0)
        made_();
      if (is_up_)
        sweep();
    });
}

void webhook_book::describe(snapshot& out) const {
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.add("event_entries", number(here_.size()));
  out.add("event_gone", number(gone_.size() + ending_.size()));
  out.add("events_swept", number(swept_));
  out.add("events_lost", number(lost_));
  out.add_flag("event_leased", is_leased_);
}

} // namespace rookery
