#include "actors/channel/channel.hpp"

#include "actors/channel/frame_cache.hpp"
#include "actors/channel/member.hpp"
#include "actors/runtime/guarded.hpp"
#include "actors/runtime/light_handlers.hpp"

#include <caf/scheduler/abstract_coordinator.hpp>

#include <algorithm>
#include <chrono>

namespace rookery {

namespace {

/// Pause before a failed read of a history is repeated.
constexpr std::chrono::milliseconds retry_pause{500};

/// The maximum number of restarts after errors within the window.
constexpr unsigned max_restarts = 3;
constexpr std::chrono::minutes restart_window{1};

} // namespace

channel::channel(caf::actor_config& config, std::string name)
  : light_actor{config}, record_{home()->record(), std::move(name)} {}

channel::channel(caf::actor_config& config, std::string name,
                 const history_access& history)
  : channel{config, std::move(name)} {
  history_.reset(new kept_history{history, *this});
}

actor_ref<channel_actor> channel::start(loop& home, std::string name,
                                        const history_access* history) {
  const auto made = history
                      ? spawn_light<channel>(home, std::move(name), *history)
                      : spawn_light<channel>(home, std::move(name));
  return {caf::actor_cast<channel_actor>(made.pointer()), *made};
}

channel::outcome channel::receive(caf::mailbox_element& element,
                                  caf::message& reply) {
  using handlers =
    light_handlers<channel_actor, &channel::deliver, &channel::confirm,
                   &channel::tell_gap, &channel::take_history, &channel::retry,
                   &channel::join, &channel::leave, &channel::retire,
                   &channel::look>;
  return handlers::invoke(*this, element.content(), reply) ? outcome::handled
                                                           : outcome::unmatched;
}

void channel::deliver(const delivery& next) {
  if (!history_ || next.what->offset() == 0)
    return hand_out(next.what, false, next.seen);
  history_->seen = next.seen;
  history_->stream.delivered(next.what);
  history_->seen = {};
}

void channel::advance(const publication_ptr& next, bool is_repaired) {
  hand_out(next, is_repaired, history_->seen);
}

void channel::hand_out(const publication_ptr& next, bool is_repaired,
                       time_point seen) {
  handled_publication done;
  done.number = record_.begin();
  done.is_repaired = is_repaired;
  frame_cache frames{*next};
  for (const auto& place : members_) {
    if (!place->to)
      continue;
    ++done.members;
    if (!hand_to(*place, frames))
      ++done.dropped;
  }
  done.offset = next->offset();
  done.bytes = static_cast<std::uint32_t>(next->data().size());
  record_.handled(std::move(done), seen);
}

/// Calls `task` with the member of `place`, unless it has left. An exception
/// ends that member alone.
template <class Task>
void channel::call(subscription& place, std::string_view during, Task task) {
  auto* to = place.to;
  if (to)
    guarded([&] { task(*to); },
            [&](std::string_view what) { to->failed(during, what); });
}

void channel::let_in(subscription& place, const member_entry& how) {
  call(place, "subscribed", [&](member& to) { to.subscribed(place, how); });
}

/// Returns whether the member has taken the publication.
bool channel::hand_to(subscription& place, frame_cache& frames) {
  auto is_taken = false;
  call(place, "deliver", [&](member& to) {
    is_taken = to.deliver(place, frames);
    if (!is_taken)
      record_.dropped(place);
  });
  return is_taken;
}

void channel::confirm(confirm_atom) {
  confirmed_ = true;
  if (history_)
    return history_->stream.interrupted();
  for (const auto& place : members_)
    let_in(*place, {});
}

void channel::tell_gap(const gapped& gap) {
  record_.gap(to_string(gap.reason));
  if (history_)
    history_->stream.interrupted();
  else
    tell_all(gap.reason);
}

void channel::jumped() {
  record_.gap("jump");
}

void channel::filled() {
  record_.repaired();
}

void channel::broken(gap_reason reason) {
  record_.lost(reason);
  tell_all(reason);
}

void channel::tell_all(gap_reason reason) {
  record_.count_gap();
  for (const auto& place : members_)
    call(*place, "missed", [&](member& to) { to.missed(*place, reason); });
}

void channel::recover() {
  const auto is_done =
    may_restart()
    && guarded([this] { restart(); },
               [this](std::string_view what) { note_error("restart", what); });
  if (!is_done)
    give_up();
}

bool channel::may_restart() {
  const auto now = std::chrono::steady_clock::now();
  if (now - restarted_ > restart_window) {
    restarted_ = now;
    restarts_ = 0;
  }
  if (restarts_ == max_restarts)
    return false;
  ++restarts_;
  return !is_broken_;
}

void channel::restart() {
  record_.gap(to_string(gap_reason::internal_error));
  if (!history_)
    return tell_all(gap_reason::internal_error);
  history_->seen = {};
  history_->stream.restart();
  for (const auto& newcomer : history_->newcomers)
    history_->stream.join(newcomer->position, newcomer->from.get());
}

/// Closes all members, which then leave. Members that join meanwhile are
/// closed, too.
void channel::give_up() {
  is_broken_ = true;
  for (const auto& place : members_)
    give_up(*place);
  if (history_)
    for (const auto& place : history_->newcomers)
      give_up(*place);
}

void channel::give_up(const subscription& place) {
  if (place.to)
    place.to->failed("channel", "the channel failed too often");
}

void channel::join(join_atom, const subscription_ptr& newcomer) {
  if (history_) {
    newcomer->is_waiting = true;
    newcomer->position = ++history_->last_number;
    history_->newcomers.push_back(newcomer);
    history_->stream.join(newcomer->position, newcomer->from.get());
  } else {
    enter(newcomer);
    if (confirmed_)
      let_in(*newcomer, {});
  }
  if (is_broken_)
    give_up(*newcomer);
}

void channel::admit(std::uint64_t number, bool is_recovered,
                    std::span<const publication_ptr> missed) {
  auto& newcomers = history_->newcomers;
  const auto found = std::find_if(
    newcomers.begin(), newcomers.end(),
    [number](const auto& each) { return each->position == number; });
  const auto newcomer = *found;
  enter(newcomer, missed);
  newcomers.erase(found);
  let_in(*newcomer, {&history_->stream.position(), is_recovered, missed});
}

/// Adds a member; `missed` are the publications that it recovers.
void channel::enter(const subscription_ptr& newcomer,
                    std::span<const publication_ptr> missed) {
  members_.push_back(newcomer);
  newcomer->position = static_cast<std::uint32_t>(members_.size() - 1);
  newcomer->is_waiting = false;
  newcomer->from.reset();
  call(*newcomer, "join", [&](member&) { record_.joined(*newcomer, missed); });
}

void channel::leave(const departure& what) {
  const auto& leaver = what.place;
  if (leaver->is_waiting) {
    history_->stream.give_up(leaver->position);
    std::erase(history_->newcomers, leaver);
    return;
  }
  const auto position = leaver->position;
  members_.back()->position = position;
  members_[position] = std::move(members_.back());
  members_.pop_back();
  record_.left(what.connection, what.why);
}

void channel::read(const history_request& what) {
  tell(self_ptr(), history_->bus,
       history_query{record_.name(), what, ++history_->ticket});
}

void channel::take_history(const history_answer& answer) {
  if (!history_ || answer.ticket != history_->ticket)
    return;
  if (answer.page)
    return history_->stream.answered(*answer.page);
  history_->stream.failed();
  plan_retry();
}

void channel::plan_retry() {
  auto& clock = home()->system().clock();
  clock.schedule_message(clock.now() + retry_pause, self_ptr(),
                         caf::make_mailbox_element(
                           nullptr, caf::make_message_id(), {}, tick_atom_v));
}

void channel::retry(tick_atom) {
  if (history_)
    history_->stream.retry();
}

void channel::describe(snapshot& out) const {
  light_actor::describe(out);
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  auto& figures = out.channel.emplace();
  figures.name = record_.name();
  figures.members = members_.size();
  figures.publications = record_.publications();
  figures.deliveries = record_.deliveries();
  figures.per_second = record_.per_second();
  figures.gaps = record_.gaps();
  out.add_flag("confirmed", confirmed_);
  if (!history_)
    return;
  const auto& stream = history_->stream;
  const auto& counted = stream.counted();
  figures.gaps = std::max(figures.gaps, counted.gaps_found);
  out.add("epoch", stream.position().epoch);
  out.add("offset", number(stream.position().offset));
  out.add_flag("current", stream.is_current());
  out.add("newcomers", number(history_->newcomers.size()));
  out.add("gaps_found", number(counted.gaps_found));
  out.add("gaps_filled", number(counted.gaps_filled));
  out.add("gaps_unfillable", number(counted.gaps_unfillable));
  out.add("repaired", number(counted.publications_repaired));
  out.add("duplicates", number(counted.duplicates));
  out.add("reads", number(counted.reads));
}

bool channel::is_chosen(const listing_query& query) const {
  const auto& name = record_.name();
  return query.user.empty() && query.protocol.empty()
         && (query.channel.empty() || query.channel == name)
         && name.starts_with(query.prefix)
         && (query.names.empty()
             || std::ranges::binary_search(query.names, name))
         && (!query.has_gaps || record_.gaps() > 0
             || (history_ && history_->stream.counted().gaps_found > 0));
}

std::uint64_t channel::measure(listing_order order) const {
  switch (order) {
  case listing_order::members:
    return members_.size();
  case listing_order::publications:
    return record_.publications();
  case listing_order::rate:
    return record_.per_second();
  default:
    return light_actor::measure(order);
  }
}

ledger_page channel::look_up(const ledger_query& query) const {
  ledger_page result;
  record_.copy_to(result);
  // Searching all members costs less than one publication.
  for (const auto& place : members_) {
    if (result.members.size() >= query.max_members)
      break;
    if (!place->to)
      continue;
    const auto who = place->to->facts();
    if (query.connection != 0 && query.connection != who.connection)
      continue;
    result.members.push_back({who.connection, std::string{who.user},
                              record_.since(*place), who.queued_bytes});
  }
  return result;
}

void channel::on_exit() {
  members_.clear();
  history_.reset();
  record_.release();
}

} // namespace rookery
