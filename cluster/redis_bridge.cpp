#include "cluster/redis_bridge.hpp"

#include "actors/envelope.hpp"

#include <caf/actor_cast.hpp>
#include <caf/send.hpp>

#include <utility>

namespace rookery {

redis_bridge::redis_bridge(caf::actor_config& config,
                           const bridge_options& options,
                           const redis_ports_factory& connect,
                           bus_health& health)
  : pinned_actor{config},
    options_{options},
    health_{health},
    links_{connect(*this, *this)},
    fan_{options.backlog_limit} {
  links_.subscribe->want(options_.probe_channel);
  links_.subscribe->start();
  links_.publish->start();
}

redis_bridge::behavior_type redis_bridge::make_behavior() {
  return {
    [this](const publish_command& command) { publish(command); },
    [this](const want& what) { add(what); },
    [this](const unwant& what) { remove(what); },
    [this](flush_atom) { return flush(); },
    [this](inspect_atom) { return inspect(); },
    [this](tick_atom) { tick(); },
    [this](probe_atom, std::uint64_t mark) { judge_probe(mark); },
  };
}

void redis_bridge::on_exit() {
  if (!std::exchange(is_over_, true)) {
    health_.set_ready(false);
    links_.subscribe->stop();
    links_.publish->stop();
    flushes_.fail_all();
    for (const auto& each : std::exchange(askers_, {}))
      answer(each, publish_verdict::unknown, publish_problem::link_lost);
  }
  pinned_actor::on_exit();
}

void redis_bridge::publish(const publish_command& command) {
  const auto& what = *command.what;
  const auto& name = redis_name(what.channel());
  asker from{current_sender(), command.ticket, command.when, 0};
  const auto problem = needs_envelope(what.kind(), what.data())
                         ? hand_over(name, wrap(what.kind(), what.data()), from)
                         : hand_over(name, what.data(), from);
  if (problem)
    answer(from, publish_verdict::refused, *problem);
}

std::optional<publish_problem> redis_bridge::hand_over(std::string_view name,
                                                       std::string_view payload,
                                                       asker from) {
  const auto problem = links_.publish->publish(name, payload, next_ticket_);
  if (!problem) {
    ++next_ticket_;
    askers_.push_back(std::move(from));
  }
  return problem;
}

void redis_bridge::answered(std::uint64_t, publish_verdict verdict,
                            publish_problem problem) {
  run_exclusively([&] {
    const auto to = std::move(askers_.front());
    askers_.pop_front();
    answer(to, verdict, problem);
  });
}

void redis_bridge::answer(const asker& to, publish_verdict verdict,
                          publish_problem problem) {
  if (to.mark != 0) {
    if (verdict == publish_verdict::accepted) {
      probe_.answered(to.mark);
      flushes_.answered(to.mark);
    }
    return;
  }
  published_ += verdict == publish_verdict::accepted;
  refused_ += verdict == publish_verdict::refused;
  unknown_ += verdict == publish_verdict::unknown;
  if (to.sender
      && (problem != publish_problem::none || to.when == acknowledge::always))
    caf::anon_send(caf::actor_cast<caf::actor>(to.sender),
                   publish_outcome{to.ticket, verdict, problem});
}

void redis_bridge::add(const want& what) {
  if (const auto idle = idle_.find(what.channel); idle != idle_.end())
    idle_.erase(idle);
  if (fan_.add(what))
    links_.subscribe->want(redis_name(what.channel));
}

void redis_bridge::remove(const unwant& what) {
  if (!fan_.remove(what))
    return;
  idle_[what.channel] = clock().now() + options_.unsubscribe_delay;
  plan_tick();
}

void redis_bridge::drop_idle_channels() {
  const auto now = clock().now();
  std::erase_if(idle_, [this, now](const auto& each) {
    if (each.second > now)
      return false;
    links_.subscribe->unwant(redis_name(each.first));
    fan_.forget(each.first);
    return true;
  });
}

void redis_bridge::tick() {
  tick_planned_ = false;
  drop_idle_channels();
  flushes_.expire(clock().now());
  fan_.sweep();
  plan_tick();
}

void redis_bridge::plan_tick() {
  const auto is_needed =
    !idle_.empty() || !flushes_.empty() || fan_.has_untold_gaps();
  if (!is_needed || std::exchange(tick_planned_, true))
    return;
  delayed_send(this, options_.tick_interval, tick_atom_v);
}

const std::string& redis_bridge::redis_name(std::string_view channel) {
  name_.assign(options_.prefix).append(channel);
  return name_;
}

std::optional<std::string_view>
redis_bridge::channel_of(std::string_view name) const {
  if (!name.starts_with(options_.prefix))
    return std::nullopt;
  return name.substr(options_.prefix.size());
}

void redis_bridge::confirmed(std::string_view name) {
  run_exclusively([&] {
    if (const auto channel = channel_of(name))
      fan_.confirm(*channel);
    plan_tick();
  });
}

void redis_bridge::received(std::string_view name, std::string_view payload) {
  run_exclusively([&] {
    if (name == options_.probe_channel)
      mark_returned(payload);
    else if (const auto channel = channel_of(name))
      deliver(*channel, payload);
  });
}

void redis_bridge::deliver(std::string_view channel, std::string_view payload) {
  ++received_;
  const auto found = unwrap(payload);
  switch (found.result) {
  case unwrapped::verdict::malformed:
    ++malformed_;
    break;
  case unwrapped::verdict::unknown_version:
    fan_.gap(channel, gap_reason::unknown_version);
    break;
  default:
    fan_.deliver(publication::make(channel, found.data, found.kind));
  }
  plan_tick();
}

void redis_bridge::oversized(std::string_view name) {
  run_exclusively([&] {
    if (const auto channel = channel_of(name))
      fan_.suspend(*channel, gap_reason::too_large);
  });
}

} // namespace rookery
