// The part of the class channel that reads its history.
#include "actors/channel/channel.hpp"
#include "actors/channel/member_calls.hpp"

#include <chrono>
#include <utility>

namespace rookery {

namespace {

/// Pause before a failed read of a history is repeated.
constexpr std::chrono::milliseconds retry_pause{500};

/// The work of a page for one member, compared to a small message.
constexpr std::size_t page_work = 64;

} // namespace

void channel::advance(const publication_ptr& next, bool is_repaired) {
  // A repaired one was published before: it expires later than it must.
  history_->late.moved(std::chrono::steady_clock::now());
  hand_out(next, is_repaired, history_->seen);
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
    take_page(answer.page);
  else if (answer.ticket == history_->late_ticket)
    take_past(answer.page.get());
}

/// Takes the answer to a read of the stream; null: it has failed.
void channel::take_page(const std::shared_ptr<const history_page>& page) {
  auto& stream = history_->stream;
  if (!page) {
    stream.failed();
    return plan_retry();
  }
  const auto is_first = stream.position().epoch.empty();
  stream.answered(page);
  if (is_first)
    history_->late.remember(*page);
  work();
}

/// Takes the answer to a read of the catch-up; null: it has failed.
void channel::take_past(const history_page* page) {
  if (page)
    return history_->late.answered(*page);
  history_->late.failed();
  plan_retry();
}

void channel::plan_retry() {
  tell_later(retry_pause, tick_atom_v);
}

void channel::retry(tick_atom) {
  if (!history_)
    return;
  history_->stream.retry();
  history_->late.retry();
}

/// Works off the answers of the history, as far as the turn allows.
void channel::work() {
  if (!history_ || round_.is_open())
    return;
  auto& stream = history_->stream;
  auto& late = history_->late;
  if (!stream.has_steps())
    return late.has_steps() ? late.step() : void();
  std::size_t done = 0;
  while (stream.has_steps() && !round_.is_open()
         && done < member_round::slice) {
    stream.step();
    done += 1 + members_.size();
  }
  // The last step begins no round.
  if (!stream.has_steps())
    late.settle();
}

} // namespace rookery
