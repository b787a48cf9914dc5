#include "actors/channel/channel.hpp"

#include "actors/channel/frame_cache.hpp"
#include "actors/channel/member.hpp"
#include "actors/runtime/guarded.hpp"
#include "actors/runtime/light_handlers.hpp"

#include <caf/scheduler/abstract_coordinator.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace rookery {

namespace {

/// Pause before a failed read of a history is repeated.
constexpr std::chrono::milliseconds retry_pause{500};

/// The time after which members that were not let in are told so: less than the
/// five seconds for which SDKs wait before they drop the connection.
constexpr std::chrono::milliseconds patience{4'000};

/// The work of a page for one member, compared to a small message.
constexpr std::size_t page_work = 64;

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
                   &channel::end_patience, &channel::join, &channel::resume,
                   &channel::leave, &channel::retire, &channel::look>;
  return handlers::invoke(*this, element.content(), reply) ? outcome::handled
                                                           : outcome::unmatched;
}

void channel::deliver(const delivery& next) {
  if (!history_ || next.what->offset() == 0) {
    if (next.what->fields().event() != publication_event::cleared)
      hand_out(next.what, false, next.seen);
    else if (history_)
      history_->late.clear();
    return;
  }
  history_->seen = next.seen;
  history_->stream.delivered(next.what);
  history_->seen = {};
}

void channel::advance(const publication_ptr& next, bool is_repaired) {
  // A repaired one was published before: it expires later than it must.
  history_->late.moved(std::chrono::steady_clock::now());
  hand_out(next, is_repaired, history_->seen);
}

void channel::hand_out(const publication_ptr& next, bool is_repaired,
                       time_point seen) {
  handled_publication done;
  done.number = record_.begin();
  done.is_repaired = is_repaired;
  home()->add_work(members_.size());
  done.offset = next->offset();
  frame_cache frames{*next, history_ && done.offset > 0};
  for (const auto& place : members_) {
    if (!place->to)
      continue;
    ++done.members;
    // Members that are behind get it later.
    if (frames.can_wait() && place->from)
      continue;
    if (!hand_to(*place, frames) && !place->from)
      ++done.dropped;
  }
  done.bytes = static_cast<std::uint32_t>(next->data().size());
  record_.handled(std::move(done), seen);
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
      refused(place, to, frames);
  });
  return is_taken;
}

void channel::refused(subscription& place, member& by,
                      const frame_cache& what) {
  if (!what.can_wait() || by.facts().ending)
    return record_.dropped(place);
  if (place.from)
    return;
  place.from = std::make_unique<const stream_position>(stream_position{
    what.what().offset() - 1, history_->stream.position().epoch});
  history_->stream.count(&stream_counters::lags);
}

bool channel::hand_to(subscription& place, const publication& what) {
  frame_cache frames{what, true};
  return hand_to(place, frames);
}

bool channel::has_room(subscription& newcomer) {
  auto result = false;
  call(newcomer, "has_room", [&](member& to) { result = to.has_room(); });
  return result;
}

void channel::confirm(confirm_atom) {
  confirmed_ = true;
  is_refused_ = false;
  if (history_)
    return history_->stream.interrupted();
  for (const auto& place : members_)
    let_in(*place, {});
}

void channel::recover() {
  const auto is_done =
    !is_broken_ && restarts_.allows_one()
    && guarded([this] { restart(); },
               [this](std::string_view what) { note_error("restart", what); });
  if (!is_done)
    give_up();
}

void channel::restart() {
  record_.gap(to_string(gap_reason::internal_error));
  if (!history_)
    return tell_all(gap_reason::internal_error);
  history_->seen = {};
  history_->late.restart(members_);
  history_->stream.restart();
}

/// Closes all members, which then leave. Members that join meanwhile are
/// closed, too.
void channel::give_up() {
  is_broken_ = true;
  for (const auto& place : members_)
    give_up(*place);
  if (history_)
    history_->late.visit_newcomers(
      [](const subscription& place) { give_up(place); });
}

void channel::give_up(const subscription& place) {
  if (place.to)
    place.to->failed("channel", "the channel failed too often");
}

void channel::join(join_atom, const subscription_ptr& newcomer) {
  if (history_) {
    history_->late.join(newcomer);
  } else {
    newcomer->from.reset();
    enter(newcomer);
    if (confirmed_)
      let_in(*newcomer, {});
  }
  if (is_broken_)
    give_up(*newcomer);
  if (is_refused_)
    report_refusal(*newcomer);
  if (newcomer->is_waiting || (!history_ && !confirmed_))
    plan_patience();
}

void channel::plan_patience() {
  if (std::exchange(is_patience_planned_, true))
    return;
  auto& clock = home()->system().clock();
  clock.schedule_message(clock.now() + patience, self_ptr(),
                         caf::make_mailbox_element(
                           nullptr, caf::make_message_id(), {}, beat_atom_v));
}

void channel::end_patience(beat_atom) {
  is_patience_planned_ = false;
  std::vector<subscription_ptr> waiting;
  if (history_)
    history_->late.visit_newcomers(
      [&](subscription& place) { waiting.emplace_back(&place); });
  else if (!confirmed_)
    waiting = members_;
  for (const auto& place : waiting)
    call(*place, "overdue", [&](member& to) { to.overdue(*place); });
  if (!waiting.empty())
    plan_patience();
}

void channel::admit(const subscription_ptr& newcomer, bool is_recovered,
                    std::span<const publication_ptr> missed) {
  const auto& position = history_->stream.position();
  const auto from = std::exchange(newcomer->from, nullptr);
  auto start = position;
  if (is_recovered) {
    start.offset = from->offset;
    const auto last = start.offset + missed.size();
    if (last < position.offset)
      newcomer->from = std::make_unique<const stream_position>(
        stream_position{last, position.epoch});
  }
  enter(newcomer, is_recovered ? &start : nullptr);
  let_in(*newcomer, {&start, is_recovered, missed});
  if (newcomer->from)
    resume_later(newcomer);
}

/// Adds a member.
void channel::enter(const subscription_ptr& newcomer,
                    const stream_position* recovered_from) {
  members_.push_back(newcomer);
  newcomer->position = static_cast<std::uint32_t>(members_.size() - 1);
  newcomer->is_waiting = false;
  call(*newcomer, "join",
       [&](member&) { record_.joined(*newcomer, recovered_from); });
}

void channel::resume(resume_atom, const subscription_ptr& place) {
  if (!history_ || !place->to)
    return;
  home()->add_work(page_work);
  history_->late.resume(place);
}

void channel::resume_later(const subscription_ptr& place) {
  tell(
    {},
    actor_ref<channel_actor>{caf::actor_cast<channel_actor>(self_ptr()), *this},
    resume_atom_v, place);
}

void channel::leave(const departure& what) {
  const auto& leaver = what.place;
  if (history_)
    history_->late.leave(leaver);
  if (leaver->is_waiting)
    return;
  const auto position = leaver->position;
  members_.back()->position = position;
  members_[position] = std::move(members_.back());
  members_.pop_back();
  record_.left(what.connection, what.why);
}

void channel::read(const history_request& what) {
  auto wanted = what;
  // The first read brings the newcomers' page, too.
  if (wanted.range.limit == 0)
    wanted.range = history_->late.first_range();
  ask(std::move(wanted), history_->ticket);
}

void channel::read_past(const history_range& what) {
  history_->stream.count(&stream_counters::reads);
  ask({what, {}, {}}, history_->late_ticket);
}

void channel::ask(history_request what, std::uint64_t& ticket) {
  ticket = ++history_->last_ticket;
  tell(self_ptr(), history_->bus,
       history_query{record_.name(), std::move(what), ticket});
}

void channel::take_history(const history_answer& answer) {
  if (!history_)
    return;
  if (answer.ticket == history_->ticket)
    take_page(answer.page.get());
  else if (answer.ticket == history_->late_ticket)
    take_past(answer.page.get());
}

/// Takes the answer to a read of the stream; null: it has failed.
void channel::take_page(const history_page* page) {
  auto& stream = history_->stream;
  if (!page) {
    stream.failed();
    return plan_retry();
  }
  const auto is_first = stream.position().epoch.empty();
  stream.answered(*page);
  if (is_first)
    history_->late.remember(*page);
  history_->late.settle();
}

/// Takes the answer to a read of the catch-up; null: it has failed.
void channel::take_past(const history_page* page) {
  if (page)
    return history_->late.answered(*page);
  history_->late.failed();
  plan_retry();
}

void channel::plan_retry() {
  auto& clock = home()->system().clock();
  clock.schedule_message(clock.now() + retry_pause, self_ptr(),
                         caf::make_mailbox_element(
                           nullptr, caf::make_message_id(), {}, tick_atom_v));
}

void channel::retry(tick_atom) {
  if (!history_)
    return;
  history_->stream.retry();
  history_->late.retry();
}

void channel::on_exit() {
  members_.clear();
  history_.reset();
  record_.release();
}

} // namespace rookery
