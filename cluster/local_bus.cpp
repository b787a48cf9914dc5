#include "cluster/local_bus.hpp"

#include <caf/actor_cast.hpp>
#include <caf/send.hpp>

#include <chrono>

namespace rookery {

namespace {

/// How long a gap waits for room before it is looked at again.
constexpr std::chrono::milliseconds tick_interval{250};

} // namespace

local_bus::local_bus(caf::actor_config& config, std::size_t backlog_limit)
  : pinned_actor{config}, fan_{backlog_limit} {}

local_bus::behavior_type local_bus::make_behavior() {
  return {
    [this](const publish_command& command) { publish(command); },
    [this](const want& what) { add(what); },
    [this](const unwant& what) { remove(what); },
    // Whatever was published before this message has been delivered.
    [](flush_atom) { return ok_atom_v; },
    [this](inspect_atom) { return inspect(); },
    [this](tick_atom) { tick(); },
  };
}

void local_bus::publish(const publish_command& command) {
  ++published_;
  fan_.deliver(command.what);
  if (command.when == acknowledge::always && current_sender())
    caf::anon_send(caf::actor_cast<caf::actor>(current_sender()),
                   publish_outcome{command.ticket});
  plan_tick();
}

void local_bus::add(const want& what) {
  if (fan_.add(what))
    fan_.confirm(what.channel);
}

void local_bus::remove(const unwant& what) {
  if (fan_.remove(what))
    fan_.forget(what.channel);
}

void local_bus::tick() {
  tick_planned_ = false;
  fan_.sweep();
  plan_tick();
}

void local_bus::plan_tick() {
  if (!fan_.has_untold_gaps() || tick_planned_)
    return;
  tick_planned_ = true;
  delayed_send(this, tick_interval, tick_atom_v);
}

void local_bus::describe(snapshot& out) const {
  pinned_actor::describe(out);
  out.queue_bytes = fan_.backlog_bytes();
  out.add("channels", static_cast<std::int64_t>(fan_.size()));
  out.add("published", static_cast<std::int64_t>(published_));
  fan_.describe(out);
}

} // namespace rookery
