#include "cluster/memory/local_bus.hpp"

#include "actors/message/envelope.hpp"
#include "cluster/bus/membership_event.hpp"
#include "cluster/shared/random_text.hpp"

#include <caf/actor_cast.hpp>
#include <caf/send.hpp>

#include <algorithm>
#include <chrono>

namespace rookery {

namespace {

/// Tick interval while work is waiting.
constexpr std::chrono::milliseconds busy_interval{250};

/// Interval at which expired entries are dropped.
constexpr std::chrono::milliseconds expiry_interval{1000};

/// Maximum expired publications, positions and results dropped in one turn.
constexpr std::size_t dropped_per_turn = 1000;

} // namespace

local_bus::local_bus(caf::actor_config& config, const local_bus_limits& limits,
                     const std::string& name,
                     std::unique_ptr<webhook_sender> backend)
  : pinned_actor{config},
    fan_{limits.backlog},
    streams_{
      limits.streams, [] { return random_text(epoch_size); },
      [this](std::string_view channel) { return fan_.is_known(channel); }} {
  if (backend)
    events_ =
      std::make_unique<local_webhooks>(name, std::move(backend), &clock::now);
}

local_bus::behavior_type local_bus::make_behavior() {
  return {
    [this](const publish_command& command) { publish(command); },
    [this](const want& what) { add(what); },
    [this](const unwant& what) { remove(what); },
    [this](history_query& query) { read(query); },
    [this](const history_removal& what) { forget(what); },
    [this](const presence_enter& what) { enter(what); },
    [this](const presence_leave& what) { leave(what); },
    [this](presence_query& query) { list(query); },
    [](const client_entered&) {},
    [this](const client_left& what) {
      if (events_)
        events_->leave(what);
      plan_tick();
    },
    [this](retire_atom) { return retire(); },
    // All publications before this message have been delivered.
    [](flush_atom) { return ok_atom_v; },
    [this](const bus_ledger_query& query) {
      return record_.ledger.list(query);
    },
    [](const drift_query&) { return drift_report{}; },
    [this](meters_atom) {
      auto result = record_.meters;
      result.dropped = fan_.dropped();
      return result;
    },
    [this](inspect_atom) { return inspect(); },
    [this](tick_atom) { tick(); },
  };
}

void local_bus::publish(const publish_command& command) {
  const auto& terms = command.terms;
  const auto now = clock::now();
  publish_outcome outcome{command.ticket};
  const auto number = record_.ledger.sent(command.what->channel(),
                                          command.what->data().size(), now);
  const auto fields = command.what->fields().bytes().size();
  if (terms.history.keeps()
      && fields + stream_store::added_fields > longest_fields) {
    outcome.verdict = publish_verdict::refused;
    outcome.problem = publish_problem::rejected;
    record_.ledger.answered(number, outcome.verdict, outcome.problem);
    return answer(outcome);
  }
  ++record_.meters.published;
  auto what = command.what;
  if (terms.history.keeps() || terms.key.keeps()) {
    auto stored = streams_.publish(command.what, terms.history, terms.key, now);
    what = std::move(stored.what);
    outcome.position = std::move(stored.position);
  }
  record_.ledger.answered(number, outcome.verdict, outcome.problem,
                          outcome.position.offset);
  if (what)
    hand_on(what, now);
  if (command.when == acknowledge::always)
    answer(outcome);
  plan_tick();
}

void local_bus::hand_on(const publication_ptr& what, clock::time_point now) {
  ++record_.meters.received;
  const auto to = fan_.deliver(what, now);
  record_.ledger.received(what->channel(), what->offset(), what->data().size(),
                          to, now);
}

void local_bus::answer(const publish_outcome& outcome) {
  if (current_sender())
    caf::anon_send(caf::actor_cast<caf::actor>(current_sender()), outcome);
}

void local_bus::add(const want& what) {
  if (!fan_.add(what))
    return;
  fan_.confirm(what.channel);
  if (events_)
    events_->occupy(what.channel);
  plan_tick();
}

void local_bus::remove(const unwant& what) {
  if (!fan_.remove(what))
    return;
  streams_.release(what.channel, clock::now());
  fan_.forget(what.channel);
  if (events_)
    events_->vacate(what.channel);
  plan_tick();
}

void local_bus::read(history_query& query) {
  const auto now = clock::now();
  const auto& what = query.what;
  if (!what.known.epoch.empty())
    streams_.verify(query.channel, what.known, what.known_id, now);
  auto page = streams_.read(query.channel, what.range, now);
  if (current_sender())
    caf::anon_send(
      caf::actor_cast<caf::actor>(current_sender()),
      history_answer{query.ticket, publish_problem::none,
                     std::make_shared<history_page>(std::move(page)),
                     std::move(query.spent)});
  plan_tick();
}

void local_bus::forget(const history_removal& what) {
  const auto now = clock::now();
  streams_.remove(what.channel, now);
  hand_on(make_removal_event(what.channel), now);
  answer(publish_outcome{what.ticket});
  plan_tick();
}

void local_bus::enter(const presence_enter& what) {
  const auto is_new =
    presence_.add(what.channel, what.who.client, what.who.info);
  if (is_new && what.tells)
    hand_on(
      make_membership_event(what.channel, publication_event::join, what.who),
      clock::now());
  plan_tick();
}

void local_bus::leave(const presence_leave& what) {
  const auto gone = presence_.remove(what.channel, what.client);
  if (gone && what.tells)
    hand_on(make_membership_event(what.channel, publication_event::leave,
                                  {what.client, *gone}),
            clock::now());
  plan_tick();
}

void local_bus::list(presence_query& query) {
  if (!current_sender())
    return;
  auto page = std::make_shared<presence_page>();
  page->stats = presence_.stats(query.channel);
  if (query.limit > 0)
    page->clients =
      presence_.list(query.channel, std::min(query.limit, longest_presence));
  caf::anon_send(caf::actor_cast<caf::actor>(current_sender()),
                 presence_answer{query.ticket, publish_problem::none,
                                 std::move(page), std::move(query.spent)});
}

void local_bus::tick() {
  tick_planned_ = false;
  fan_.sweep();
  streams_.expire(clock::now(), dropped_per_turn);
  if (events_)
    events_->tick();
  answer_retired();
  plan_tick();
}

void local_bus::plan_tick() {
  const auto is_busy =
    fan_.has_unreported_gaps() || (events_ && !events_->is_done());
  const auto is_needed =
    is_busy || streams_.positions() > 0 || streams_.results() > 0;
  if (!is_needed || tick_planned_)
    return;
  tick_planned_ = true;
  delayed_send(this, is_busy ? busy_interval : expiry_interval, tick_atom_v);
}

caf::typed_response_promise<ok_atom> local_bus::retire() {
  auto promise = make_response_promise<ok_atom>();
  if (events_)
    events_->vacate_now();
  retiring_.push_back(promise);
  answer_retired();
  plan_tick();
  return promise;
}

void local_bus::answer_retired() {
  if (events_ && !events_->is_done())
    return;
  for (auto& promise : std::exchange(retiring_, {}))
    promise.deliver(ok_atom_v);
}

void local_bus::on_exit() {
  retiring_.clear();
  // Release the events here, as the destructor may run after the loop is gone.
  events_.reset();
  pinned_actor::on_exit();
}

void local_bus::describe(snapshot& out) const {
  pinned_actor::describe(out);
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.queue_bytes = fan_.backlog_bytes();
  out.add("channels", number(fan_.size()));
  out.add("published", number(record_.meters.published));
  out.add("histories", number(streams_.streams()));
  out.add("history_bytes", number(streams_.bytes()));
  out.add("positions", number(streams_.positions()));
  out.add("channels_with_presence", number(presence_.channels()));
  fan_.describe(out);
  if (events_)
    events_->describe(out);
}

} // namespace rookery
