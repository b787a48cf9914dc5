#include "actors/channel/channel.hpp"

#include "actors/channel/frame_cache.hpp"
#include "actors/channel/hand_out_round.hpp"
#include "actors/channel/member_calls.hpp"
#include "actors/runtime/guarded.hpp"
#include "actors/runtime/light_handlers.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

namespace rookery {

namespace {

/// The time after which members that were not let in are told so: less than the
/// five seconds for which SDKs wait before they drop the connection.
constexpr std::chrono::milliseconds patience{4'000};

constexpr std::string_view too_many_errors = "the channel failed too often";

/// Returns true for a letter that does not touch members.
bool may_interrupt(const caf::type_erased_tuple& content) {
  return content.match_elements<proceed_atom>()
         || content.match_elements<inspect_atom>()
         || content.match_elements<caf::exit_msg>();
}

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
  auto& content = element.content();
  const auto is_busy = has_work() || postponed_;
  if (is_busy && !may_interrupt(content)) {
    postpone(element);
    return outcome::handled;
  }
  const auto result = take(content, reply);
  if (!is_busy && has_work())
    proceed_later();
  return result;
}

channel::outcome channel::take(caf::type_erased_tuple& content,
                               caf::message& reply) {
  using handlers =
    light_handlers<channel_actor, &channel::deliver, &channel::confirm,
                   &channel::tell_gap, &channel::take_history, &channel::retry,
                   &channel::end_patience, &channel::join, &channel::resume,
                   &channel::leave, &channel::retire, &channel::proceed,
                   &channel::look>;
  return handlers::invoke(*this, content, reply) ? outcome::handled
                                                 : outcome::unmatched;
}

/// Returns true while work is left for later turns.
bool channel::has_work() const noexcept {
  return round_.is_open()
         || (history_
             && (history_->stream.has_steps() || history_->late.has_steps()));
}

void channel::proceed_later() {
  tell(
    {},
    actor_ref<channel_actor>{caf::actor_cast<channel_actor>(self_ptr()), *this},
    proceed_atom_v);
}

void channel::proceed(proceed_atom) {
  home()->add_work(member_round::slice);
  if (round_.is_open())
    round_.proceed();
  work();
  handle_postponed();
  if (alive() && (has_work() || postponed_))
    proceed_later();
}

void channel::postpone(caf::mailbox_element& letter) {
  if (!postponed_)
    postponed_.reset(new std::deque<caf::message>);
  postponed_->push_back(letter.move_content_to_message());
}

/// Handles postponed letters as far as the turn allows.
void channel::handle_postponed() {
  std::size_t done = 0;
  while (postponed_ && alive() && !has_work() && done < member_round::slice) {
    auto next = std::move(postponed_->front());
    postponed_->pop_front();
    if (postponed_->empty())
      postponed_.reset();
    caf::message no_reply;
    take(next, no_reply);
    done += 1 + members_.size();
  }
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

void channel::hand_out(const publication_ptr& next, bool is_repaired,
                       time_point seen) {
  const auto can_wait = history_ && next->offset() > 0;
  visit_all(members_,
            hand_out_round{record_, next, can_wait, is_repaired, seen,
                           [this](subscription& place, frame_cache& frames) {
                             return hand_to(place, frames);
                           }});
}

/// Returns whether the member has taken the publication.
bool channel::hand_to(subscription& place, frame_cache& frames) {
  auto is_taken = false;
  call_member(place, "deliver", [&](member& to) {
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

void channel::confirm(confirm_atom) {
  confirmed_ = true;
  is_refused_ = false;
  if (history_)
    return history_->stream.interrupted();
  visit_all(members_, [](subscription& place) { let_in(place, {}); });
}

bool channel::has_room(subscription& newcomer) {
  auto result = false;
  call_member(newcomer, "has_room",
              [&](member& to) { result = to.has_room(); });
  return result;
}

void channel::recover() {
  while (round_.is_open())
    round_.proceed();
  const auto is_done =
    !is_broken_ && restarts_.allows_one()
    && guarded([this] { restart(); },
               [this](std::string_view what) { note_error("restart", what); });
  if (!is_done)
    give_up();
  if (has_work() || postponed_)
    proceed_later();
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
  const auto end = [](const subscription& place) {
    end_member(place, too_many_errors);
  };
  visit_all(members_, end);
  if (history_)
    history_->late.visit_newcomers(end);
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
    end_member(*newcomer, too_many_errors);
  if (is_refused_)
    report_refusal(*newcomer);
  if (newcomer->is_waiting || (!history_ && !confirmed_))
    plan_patience();
}

void channel::plan_patience() {
  if (std::exchange(is_patience_planned_, true))
    return;
  tell_later(patience, beat_atom_v);
}

void channel::end_patience(beat_atom) {
  is_patience_planned_ = false;
  std::vector<subscription_ptr> waiting;
  if (history_)
    history_->late.visit_newcomers(
      [&](subscription& place) { waiting.emplace_back(&place); });
  else if (!confirmed_)
    waiting = members_;
  if (waiting.empty())
    return;
  plan_patience();
  const std::span<const subscription_ptr> places{waiting};
  visit_all(places, [kept = std::move(waiting)](subscription& place) {
    report_delay(place);
  });
}

/// Adds a member.
void channel::enter(const subscription_ptr& newcomer,
                    const stream_position* recovered_from) {
  members_.push_back(newcomer);
  newcomer->position = static_cast<std::uint32_t>(members_.size() - 1);
  newcomer->is_waiting = false;
  call_member(*newcomer, "join",
              [&](member&) { record_.joined(*newcomer, recovered_from); });
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

void channel::on_exit() {
  round_.drop();
  postponed_.reset();
  members_.clear();
  history_.reset();
  record_.release();
}

} // namespace rookery
