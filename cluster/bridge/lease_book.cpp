#include "cluster/bridge/lease_book.hpp"

#include "configs/log.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

lease_book::lease_book(redis_requests& requests, lease_kind kind,
                       std::string node, std::function<void()> made,
                       lease_times times, std::size_t max_gone)
  : requests_{requests},
    kind_{std::move(kind)},
    node_{std::move(node)},
    made_{std::move(made)},
    times_{times},
    max_gone_{max_gone} {}

void lease_book::add(std::string name, std::string text) {
  auto& [key, entry] = *here_.try_emplace(std::move(name)).first;
  entry.name = &key;
  // The end was not sent to Redis yet: keep the earlier state.
  if (const auto back = gone_.extract(key)) {
    entry.is_sent = back.mapped().is_sent;
    entry.is_known = back.mapped().is_known;
  }
  entry.text = std::move(text);
  if (!is_leased_)
    return; // the next renewal sends all entries
  queue(entry);
  send_new();
}

void lease_book::queue(entry& what) {
  if (!what.is_linked())
    new_.push_back(what);
}

void lease_book::end(std::string_view name, std::string text) {
  const auto found = here_.find(name);
  if (found == here_.end())
    return;
  auto node = here_.extract(found);
  node.mapped().unlink();
  if (!node.mapped().is_sent && !kind_.must_end(name))
    return;
  if (gone_.size() >= max_gone_) {
    if (lost_++ == 0)
      log::warn("events are lost, too many wait for redis");
    ++unsent_lost_;
    return;
  }
  node.mapped().text = std::move(text);
  gone_.insert(std::move(node));
  remove();
}

void lease_book::link_up(time_point now) {
  is_up_ = true;
  is_leased_ = is_renewing_ = is_adding_ = is_removing_ = false;
  // No node could renew its lease while Redis was away.
  may_sweep_at_ = now + times_.length;
  renew_at_ = now;
  // Send an unanswered step again first: it is older than all additions.
  remove();
  tick(now);
}

void lease_book::tick(time_point now) {
  if (!is_up_ || now < renew_at_)
    return;
  renew_at_ = now + times_.renewal;
  renew();
  remove();
  if (now >= may_sweep_at_)
    sweep();
}

void lease_book::renew() {
  if (std::exchange(is_renewing_, true))
    return;
  requests_.call(
    lease_renew{kind_, node_, times_.length, cursor_},
    [this](const redis_reply* reply, publish_problem) { renewed(reply); });
}

void lease_book::renewed(const redis_reply* reply) {
  is_renewing_ = false;
  const auto result = reply ? read_renewed(*reply) : std::nullopt;
  if (!result)
    return;
  cursor_ = result->cursor;
  const auto knew_all = std::exchange(is_leased_, true) && result->had_lease;
  end_forgotten(result->names);
  if (knew_all)
    return;
  new_.clear();
  again_ = std::string{};
  send_again();
}

/// Ends entries that Redis has and this node has not: Redis has gone back to an
/// earlier state, or ends were dropped.
void lease_book::end_forgotten(const std::vector<std::string>& names) {
  for (const auto& name : names) {
    const auto is_ending = std::ranges::any_of(
      ending_, [&](const lease_end& each) { return each.name == name; });
    if (!here_.contains(name) && !is_ending && gone_.size() < max_gone_)
      gone_.try_emplace(name);
  }
  remove();
}

void lease_book::send_new() {
  if (!is_up_ || new_.empty() || is_adding_)
    return;
  is_adding_ = true;
  std::vector<std::string> names;
  while (!new_.empty() && names.size() < lease_batch) {
    names.push_back(*new_.front().name);
    new_.pop_front();
  }
  send(std::move(names), false);
}

void lease_book::send_again() {
  if (!is_up_ || !again_)
    return;
  std::vector<std::string> names;
  for (auto next = here_.upper_bound(*again_);
       next != here_.end() && names.size() < lease_batch; ++next)
    names.push_back(next->first);
  if (names.empty())
    return again_.reset();
  again_ = names.back();
  send(std::move(names), true);
}

void lease_book::send(std::vector<std::string> names, bool is_again) {
  std::vector<std::string> words;
  for (const auto& name : names) {
    const auto found = here_.find(name);
    if (found == here_.end())
      continue;
    found->second.is_sent = true;
    words.push_back(name);
    std::ranges::move(kind_.added(name, found->second.text),
                      std::back_inserter(words));
  }
  requests_.call(lease_add{kind_, node_, words},
                 [this, names = std::move(names),
                  is_again](const redis_reply* reply, publish_problem) {
                   added(reply, names, is_again);
                 });
}

void lease_book::added(const redis_reply* reply,
                       const std::vector<std::string>& names, bool is_again) {
  if (!is_again)
    is_adding_ = false;
  const auto result = reply ? read_added(*reply) : std::nullopt;
  if (!result || !result->had_lease) {
    is_leased_ = false; // the next renewal sends all again
    again_.reset();
    if (result)
      renew();
    return;
  }
  for (const auto& name : names)
    for (auto* list : {&here_, &gone_})
      if (const auto found = list->find(name); found != list->end())
        found->second.is_known = true;
  note_made(result->made);
  if (is_again)
    send_again();
  else
    send_new();
}

void lease_book::remove() {
  if (!is_up_ || is_removing_)
    return;
  // Skip entries that were added again since a step failed.
  if (!kind_.is_recorded)
    std::erase_if(ending_, [this](const lease_end& each) {
      return here_.contains(each.name);
    });
  if (ending_.empty() && step_lost_ == 0 && !begin_step())
    return;
  is_removing_ = true;
  requests_.call(
    lease_remove{kind_, node_, ending_, step_, step_lost_},
    [this](const redis_reply* reply, publish_problem) { removed(reply); });
}

/// Returns false if there is nothing to remove.
bool lease_book::begin_step() {
  if (gone_.empty() && unsent_lost_ == 0)
    return false;
  while (!gone_.empty() && ending_.size() < lease_batch) {
    auto next = gone_.extract(gone_.begin());
    const auto must = kind_.must_end(next.key()) || next.mapped().is_known;
    ending_.push_back(
      {std::move(next.key()), std::move(next.mapped().text), must});
  }
  ++step_;
  step_lost_ = std::exchange(unsent_lost_, 0);
  return true;
}

void lease_book::removed(const redis_reply* reply) {
  is_removing_ = false;
  const auto made = reply ? read_entries_removed(*reply) : std::nullopt;
  if (!made)
    return; // the next tick or the next link tries again
  // Entries added again meanwhile may have reached Redis before this step.
  for (const auto& each : ending_)
    if (const auto found = here_.find(each.name);
        is_leased_ && found != here_.end())
      queue(found->second);
  ending_.clear();
  step_lost_ = 0;
  send_new();
  note_made(*made);
  remove();
}

void lease_book::sweep() {
  requests_.call(lease_sweep{kind_, node_}, [this](const redis_reply* reply,
                                                   publish_problem) {
    const auto result = reply ? read_swept(*reply) : std::nullopt;
    if (!result || result->node.empty())
      return;
    swept_ += result->made;
    note_made(result->made);
    if (is_up_)
      sweep();
  });
}

void lease_book::note_made(std::size_t count) {
  if (count > 0 && made_)
    made_();
}

} // namespace rookery
