#include "cluster/bridge/redis_presence.hpp"

#include "actors/interfaces.hpp"
#include "actors/message/envelope.hpp"
#include "cluster/bridge/presence_scripts.hpp"
#include "cluster/bus/membership_event.hpp"

#include <caf/actor.hpp>
#include <caf/actor_cast.hpp>
#include <caf/send.hpp>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace rookery {

namespace {

/// Names an entry of ours: channel names hold no line feed.
std::string place_of(std::string_view channel, std::string_view client) {
  return std::string{channel}.append("\n").append(client);
}

std::string info_of(const presence_info& info) {
  std::string result;
  append_field(result, field_tag::user, info.user);
  append_field(result, field_tag::conn_info, info.conn_info);
  append_field(result, field_tag::chan_info, info.chan_info);
  return result;
}

presence_info read_info(std::string_view bytes) {
  if (!is_field_list(bytes))
    return {};
  const publication_fields fields{bytes};
  return {std::string{fields.find(field_tag::user)},
          std::string{fields.find(field_tag::conn_info)},
          std::string{fields.find(field_tag::chan_info)}};
}

std::string message_of(publication_event event, std::string_view channel,
                       const present_client& who) {
  const auto what = make_membership_event(channel, event, who);
  return wrap(what->kind(), what->data(), what->fields());
}

/// The texts of our own that a `presence_entry` views.
struct entry_texts {
  std::string info;
  std::string join;
  std::string leave;
};

} // namespace

redis_presence::redis_presence(redis_requests& desk, std::string node)
  : desk_{desk}, node_{std::move(node)} {}

void redis_presence::enter(const presence_enter& what) {
  auto place = place_of(what.channel, what.who.client);
  gone_.erase(place);
  const auto at = here_.insert_or_assign(
    std::move(place), entry{what.channel, what.who, what.tells});
  if (is_up_ && is_leased_)
    add(at.first, 1);
}

void redis_presence::leave(const presence_leave& what) {
  auto place = place_of(what.channel, what.client);
  if (here_.erase(place) == 0)
    return;
  gone_.insert(std::move(place));
  remove_gone();
}

void redis_presence::link_up(time_point now) {
  is_up_ = true;
  is_leased_ = is_renewing_ = is_removing_ = is_adding_all_ = false;
  // While Redis was away nobody could renew a lease.
  may_sweep_at_ = now + lease;
  renew();
  remove_gone();
}

void redis_presence::tick(time_point now) {
  if (!is_up_)
    return;
  renew();
  remove_gone();
  if (now >= may_sweep_at_)
    sweep();
}

void redis_presence::renew() {
  if (!is_up_ || std::exchange(is_renewing_, true))
    return;
  desk_.call(
    presence_renew{node_, lease, cursor_},
    [this](const redis_reply* reply, publish_problem) { renewed(reply); });
}

void redis_presence::renewed(const redis_reply* reply) {
  is_renewing_ = false;
  const auto result = reply ? read_renewed(*reply) : std::nullopt;
  if (!result)
    return;
  cursor_ = result->cursor;
  const auto knew_all = result->had_lease && is_leased_;
  is_leased_ = true;
  if (knew_all || here_.empty() || std::exchange(is_adding_all_, true))
    return;
  add(here_.begin(), presence_batch);
}

void redis_presence::add(places::const_iterator from, std::size_t most) {
  std::vector<entry_texts> texts;
  std::vector<presence_entry> batch;
  texts.reserve(most); // the batch views it
  std::string last;
  for (; from != here_.end() && batch.size() < most; ++from) {
    const auto& [channel, who, tells] = from->second;
    auto& each = texts.emplace_back(entry_texts{info_of(who.info), {}, {}});
    if (tells) {
      each.join = message_of(publication_event::join, channel, who);
      each.leave = message_of(publication_event::leave, channel, who);
    }
    batch.push_back(
      {channel, who.client, who.info.user, each.info, each.join, each.leave});
    last = from->first;
  }
  const auto is_of_all = most > 1;
  desk_.call(
    presence_add{node_, batch},
    [this, last = is_of_all ? std::move(last) : std::string{}](
      const redis_reply* reply, publish_problem) { added(reply, last); });
}

/// `last`: of a batch of all entries; empty otherwise.
void redis_presence::added(const redis_reply* reply, const std::string& last) {
  if (!reply) {
    if (!last.empty())
      is_adding_all_ = false;
    is_leased_ = false; // the next renewal adds all again
    return;
  }
  const auto result = read_added(*reply);
  if (!result || !result->had_lease) {
    is_adding_all_ = is_leased_ = false;
    return renew();
  }
  if (last.empty())
    return;
  const auto next = here_.upper_bound(last);
  if (next == here_.end())
    is_adding_all_ = false;
  else
    add(next, presence_batch);
}

void redis_presence::remove_gone() {
  if (!is_up_ || gone_.empty() || std::exchange(is_removing_, true))
    return;
  // Who comes back and goes again meanwhile is gone anew.
  std::vector<std::string> which;
  while (!gone_.empty() && which.size() < presence_batch)
    which.push_back(std::move(gone_.extract(gone_.begin()).value()));
  std::vector<presence_place> batch;
  for (const std::string_view place : which) {
    const auto end = place.find('\n');
    batch.push_back({place.substr(0, end), place.substr(end + 1)});
  }
  desk_.call(presence_remove{node_, batch},
             [this, which](const redis_reply* reply, publish_problem) {
               removed(reply, which);
             });
}

void redis_presence::removed(const redis_reply* reply,
                             const std::vector<std::string>& which) {
  is_removing_ = false;
  if (reply)
    return remove_gone();
  // The next tick or link tries again.
  for (const auto& place : which)
    if (!here_.contains(place))
      gone_.insert(place);
}

void redis_presence::sweep() {
  desk_.call(presence_sweep{node_, presence_batch},
             [this](const redis_reply* reply, publish_problem) {
               const auto result = reply ? read_swept(*reply) : std::nullopt;
               if (!result || result->node.empty())
                 return;
               swept_ += result->removed;
               if (is_up_)
                 sweep();
             });
}

void redis_presence::list(const presence_query& query,
                          const caf::strong_actor_ptr& sender) {
  const auto page = std::make_shared<presence_page>();
  const auto answer = [ticket = query.ticket, sender,
                       page](publish_problem problem) {
    if (sender)
      caf::anon_send(
        caf::actor_cast<caf::actor>(sender),
        presence_answer{ticket, problem,
                        problem == publish_problem::none ? page : nullptr});
  };
  if (query.limit > 0)
    desk_.call(
      presence_list{query.channel, std::min(query.limit, longest_presence)},
      [page](const redis_reply* reply, publish_problem) {
        auto found = reply ? read_listing(*reply) : std::nullopt;
        if (!found)
          return; // what counts them has the same fate
        for (auto& each : *found)
          page->clients.push_back(
            {std::move(each.client), read_info(each.info)});
      });
  desk_.call(presence_count{query.channel},
             [page, answer](const redis_reply* reply, publish_problem problem) {
               if (!reply)
                 return answer(problem);
               const auto counts = read_counts(*reply);
               if (!counts)
                 return answer(publish_problem::rejected);
               page->stats = {counts->clients, counts->users};
               answer(publish_problem::none);
             });
}

void redis_presence::describe(snapshot& out) const {
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.add("presence_entries", number(here_.size()));
  out.add("presence_gone", number(gone_.size()));
  out.add("presence_swept", number(swept_));
  out.add_flag("presence_leased", is_leased_);
}

} // namespace rookery
