#include "cluster/bridge/redis_bridge.hpp"

#include "actors/message/envelope.hpp"
#include "actors/text/channel_name.hpp"
#include "cluster/bridge/redis_history.hpp"
#include "configs/log.hpp"

#include <caf/sec.hpp>

#include <charconv>
#include <chrono>
#include <string>
#include <utility>

namespace rookery {

redis_bridge::redis_bridge(caf::actor_config& config,
                           const bridge_options& options,
                           const redis_ports_factory& connect,
                           bus_health& health,
                           std::unique_ptr<webhook_sender> backend)
  : pinned_actor{config},
    options_{options},
    names_{options.prefix},
    health_{health},
    links_{connect(*this, *this)},
    requests_{*links_.publish, options.prefix, record_, options.position_ttl},
    check_{requests_, names_, options.probe_channel + ":check"},
    pages_{options.reads},
    presence_{requests_,
              pages_,
              names_,
              options.node,
              {options.presence_update_interval, options.presence_ttl}},
    fan_{options.backlog_limit},
    empty_{requests_, fan_},
    drift_{requests_, *links_.subscribe, names_,
           [this](std::string_view name) { renew(name); }} {
  if (backend)
    webhooks_ = std::make_unique<redis_webhooks>(
      requests_, names_, options_.node, options_.node_name, std::move(backend),
      [this] { return clock().now(); });
  links_.subscribe->want(options_.probe_channel);
  links_.subscribe->start();
  links_.publish->start();
}

redis_bridge::behavior_type redis_bridge::make_behavior() {
  return {
    [this](publish_command& command) {
      requests_.publish(command, current_sender());
    },
    [this](const want& what) { add(what); },
    [this](unwant& what) { remove(what); },
    [this](history_query& query) {
      read_history(requests_, pages_, query, current_sender(),
                   [this](std::string_view channel) {
                     empty_.note(channel, clock().now());
                   });
    },
    [this](const history_removal& what) {
      remove_history(requests_, what, current_sender());
    },
    [this](const presence_enter& what) { presence_.enter(what); },
    [this](const presence_leave& what) { presence_.leave(what); },
    [this](presence_query& query) { presence_.list(query, current_sender()); },
    [this](const client_entered& what) {
      if (webhooks_)
        webhooks_->book().enter(what);
    },
    [this](const client_left& what) {
      if (webhooks_)
        webhooks_->book().leave(what);
    },
    [this](flush_atom) { return flush(); },
    [this](retire_atom) { return retire(); },
    [this](const bus_ledger_query& query) {
      return record_.ledger.list(query);
    },
    [this](const drift_query& what) {
      const auto promise = make_response_promise<drift_report>();
      drift_.check(what, promise);
      return promise;
    },
    [this](meters_atom) { return meters(); },
    [this](inspect_atom) { return inspect(); },
    [this](tick_atom) { tick(); },
    [this](probe_atom, std::uint64_t mark) { judge_probe(mark); },
  };
}

void redis_bridge::on_exit() {
  if (!std::exchange(is_over_, true)) {
    health_.set_ready(false);
    flushes_.fail_all();
    idle_.clear();
    drift_.close();
    links_.subscribe->stop();
    links_.publish->stop();
    webhooks_.reset();
    retiring_.clear();
    // Release the links here, as the destructor may run after the loop is gone.
    links_ = {};
  }
  pinned_actor::on_exit();
}

void redis_bridge::answered(answer_handler& then, const redis_answer& answer) {
  if (answer.reply != nullptr)
    record_.meters.commands.add(std::chrono::steady_clock::now()
                                - answer.since);
  run_exclusively([&] { then(answer); });
}

void redis_bridge::add(const want& what) {
  if (const auto idle = idle_.find(what.channel); idle != idle_.end())
    idle_.erase(idle);
  if (!fan_.add(what))
    return;
  links_.subscribe->want(names_.pubsub(what.channel));
  if (webhooks_ && !is_reserved(what.channel))
    webhooks_->book().occupy(what.channel);
}

void redis_bridge::remove(unwant& what) {
  if (!fan_.remove(what))
    return;
  idle_.insert_or_assign(
    what.channel, idle_channel{clock().now() + options_.unsubscribe_delay,
                               std::move(what.spent)});
  plan_tick();
}

void redis_bridge::renew(std::string_view name) {
  // Publications sent meanwhile were not received.
  if (const auto channel = names_.channel_of(name))
    fan_.suspend(*channel, gap_reason::link_deaf);
  links_.subscribe->renew(name);
}

void redis_bridge::drop_idle_channels() {
  const auto now = clock().now();
  std::erase_if(idle_, [this, now](const auto& each) {
    if (each.second.until > now)
      return false;
    links_.subscribe->unwant(names_.pubsub(each.first));
    fan_.forget(each.first);
    if (webhooks_)
      webhooks_->book().vacate(each.first);
    return true;
  });
}

void redis_bridge::renew_empty_histories() {
  has_due_histories_ = empty_.renew(clock().now());
}

void redis_bridge::tick() {
  tick_planned_ = false;
  drop_idle_channels();
  if (has_due_histories_)
    renew_empty_histories();
  if (flushes_.expire(clock().now()) && links_.publish->unanswered() > 0)
    links_.publish->drop("no answer in time");
  fan_.sweep();
  if (webhooks_)
    webhooks_->tick();
  answer_retired();
  plan_tick();
}

void redis_bridge::plan_tick() {
  const auto is_needed = !idle_.empty() || !flushes_.empty()
                         || fan_.has_unreported_gaps() || has_due_histories_
                         || webhooks_;
  if (!is_needed || std::exchange(tick_planned_, true))
    return;
  delayed_send(this, options_.tick_interval, tick_atom_v);
}

void redis_bridge::confirmed(std::string_view name) {
  run_exclusively([&] {
    if (const auto channel = names_.channel_of(name))
      fan_.confirm(*channel);
    plan_tick();
  });
}

void redis_bridge::denied(std::string_view name) {
  run_exclusively([&] {
    if (const auto channel = names_.channel_of(name))
      fan_.refuse(*channel);
  });
}

void redis_bridge::error_noted(const redis_error& what,
                               std::string_view subject) {
  if (auto* loop = home())
    loop->record().note(
      {.what = journal_kind::redis_error,
       .reason = std::string{subject}.append(": ").append(what.text)});
}

void redis_bridge::received(std::string_view name, std::string_view payload) {
  run_exclusively([&] {
    if (name == options_.probe_channel)
      mark_returned(payload);
    else if (const auto channel = names_.channel_of(name))
      deliver(*channel, payload);
  });
}

void redis_bridge::deliver(std::string_view channel, std::string_view payload) {
  ++record_.meters.received;
  const auto found = unwrap(payload);
  switch (found.result) {
  case unwrapped::verdict::malformed:
    ++malformed_;
    break;
  case unwrapped::verdict::unknown_version:
    fan_.gap(channel, gap_reason::unknown_version);
    break;
  default:
    hand_on(publication::make(channel, found.data, found.kind, found.fields));
  }
  plan_tick();
}

void redis_bridge::hand_on(const publication_ptr& what) {
  const auto now = std::chrono::steady_clock::now();
  const auto to = fan_.deliver(what, now);
  record_.ledger.received(what->channel(), what->offset(), what->data().size(),
                          to, now);
}

void redis_bridge::oversized(std::string_view name) {
  run_exclusively([&] {
    if (const auto channel = names_.channel_of(name))
      fan_.suspend(*channel, gap_reason::too_large);
  });
}

bool redis_bridge::links_are_up() const noexcept {
  return links_.subscribe->state() == link_state::up
         && links_.publish->state() == link_state::up;
}

void redis_bridge::subscribe_link_up() {
  run_exclusively([this] {
    loss_ = gap_reason::link_lost;
    start_probe();
  });
}

void redis_bridge::publish_link_up() {
  run_exclusively([this] {
    check_.link_up(clock().now());
    if (options_.keeps_presence)
      presence_.link_up(clock().now());
    if (webhooks_)
      webhooks_->book().link_up(clock().now());
    plan_tick();
    start_probe();
  });
}

void redis_bridge::subscribe_link_down() {
  run_exclusively([this] {
    fan_.suspend_all(loss_);
    link_fell();
  });
}

void redis_bridge::publish_link_down() {
  run_exclusively([this] {
    presence_.link_down();
    if (webhooks_)
      webhooks_->book().link_down();
    link_fell();
  });
}

void redis_bridge::no_master(std::string_view reason) {
  run_exclusively([&] { links_.subscribe->drop(reason); });
}

void redis_bridge::link_fell() {
  health_.set_ready(false);
  probe_.reset();
  flushes_.fail_all();
}

void redis_bridge::start_probe() {
  if (!links_are_up())
    return;
  const auto mark = ++last_mark_;
  probe_.start(mark, clock().now());
  publish_mark(mark);
  delayed_send(this, options_.probe_interval, probe_atom_v, mark);
}

/// Publishes a mark, which is never 0. Returns false if it was refused.
bool redis_bridge::publish_mark(std::uint64_t mark) {
  return requests_.publish_mark(options_.probe_channel, mark, [this, mark] {
    probe_.answered(mark);
    flushes_.answered(mark);
  });
}

void redis_bridge::judge_probe(std::uint64_t mark) {
  switch (probe_.judge(mark)) {
  case deafness_probe::verdict::stale:
    return;
  case deafness_probe::verdict::heard:
    break;
  case deafness_probe::verdict::missed:
    health_.set_ready(false);
    log::warn("redis probe missed");
    break;
  case deafness_probe::verdict::deaf:
    // A link is not deaf because Redis refuses the probe's channel.
    if (!links_.subscribe->is_confirmed(options_.probe_channel))
      break;
    loss_ = gap_reason::link_deaf;
    return links_.subscribe->drop("deaf");
  }
  presence_.tick(clock().now());
  check_.tick(clock().now());
  renew_empty_histories();
  plan_tick();
  start_probe();
}

void redis_bridge::mark_returned(std::string_view text) {
  std::uint64_t mark = 0;
  const auto* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, mark);
  if (result.ec != std::errc{} || result.ptr != end)
    return;
  if (probe_.returned(mark, clock().now()))
    health_.set_ready(true);
  flushes_.returned(mark);
}

caf::typed_response_promise<ok_atom> redis_bridge::flush() {
  auto promise = make_response_promise<ok_atom>();
  const auto mark = ++last_mark_;
  if (!links_are_up() || !publish_mark(mark)) {
    promise.deliver(caf::make_error(caf::sec::runtime_error, "bus down"));
    return promise;
  }
  flushes_.add(mark, promise, clock().now() + options_.flush_timeout);
  plan_tick();
  return promise;
}

caf::typed_response_promise<ok_atom> redis_bridge::retire() {
  auto promise = make_response_promise<ok_atom>();
  retiring_.push_back(promise);
  answer_retired();
  return promise;
}

void redis_bridge::answer_retired() {
  if (retiring_.empty() || (webhooks_ && !webhooks_->book().is_told()))
    return;
  auto answer = [all = std::exchange(retiring_, {})]() mutable {
    for (auto& promise : all)
      promise.deliver(ok_atom_v);
  };
  if (webhooks_)
    webhooks_->finish(answer);
  else
    answer();
}

} // namespace rookery
