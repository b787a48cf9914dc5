#include "cluster/admin/node_drain.hpp"

#include "configs/log.hpp"

#include <utility>

namespace rookery {

std::string_view to_string(drain_state state) {
  switch (state) {
  case drain_state::off:
    return "off";
  case drain_state::running:
    return "running";
  case drain_state::paused:
    return "paused";
  case drain_state::done:
    return "done";
  }
  return "off";
}

node_drain::behavior_type node_drain::make_behavior() {
  return {
    [this](const drain_command& command) { return carry_out(command); },
    [this](inspect_atom) { return inspect(); },
    [this](tick_atom) { tick(); },
  };
}

drain_report node_drain::carry_out(const drain_command& command) {
  using verb = drain_command::verb;
  const auto is_under_way = state_ != drain_state::off;
  if (command.what == verb::start) {
    pace_.set_rate(command.rate);
    if (!is_under_way)
      closed_ = 0;
    run();
  } else if (command.what == verb::pause && state_ == drain_state::running) {
    state_ = drain_state::paused;
  } else if (command.what == verb::resume && state_ == drain_state::paused) {
    run();
  } else if (command.what == verb::cancel) {
    state_ = drain_state::off;
  }
  gate_.set_closed(state_ != drain_state::off);
  return {state_, pace_.rate(), closed_};
}

void node_drain::run() {
  state_ = drain_state::running;
  last_ = clock().now();
  if (!std::exchange(is_ticking_, true))
    delayed_send(this, interval, tick_atom_v);
}

void node_drain::tick() {
  is_ticking_ = false;
  if (state_ != drain_state::running)
    return;
  const auto now = clock().now();
  const auto due =
    pace_.due(std::chrono::duration_cast<drain_pace::duration>(now - last_));
  last_ = now;
  is_ticking_ = true;
  if (due == 0)
    return delayed_send(this, interval, tick_atom_v);
  // In turn, so that a low rate reaches every loop.
  const auto loops = desks_.size();
  const auto share = due / loops;
  const auto rest = due % loops;
  has_more_ = false;
  waiting_ = loops;
  for (std::size_t i = 0; i < loops; ++i)
    ask((first_ + i) % loops,
        static_cast<std::uint32_t>(share + (i < rest ? 1 : 0)));
  first_ = (first_ + rest) % loops;
}

void node_drain::ask(std::size_t loop, std::uint32_t count) {
  if (count == 0) {
    has_more_ = true;
    return end_round();
  }
  this
    ->request(desks_[loop].handle(), caf::infinite,
              client_ending{0, count, close_reason::going_away})
    .then(
      [this](const clients_ended& result) {
        closed_ += result.ended;
        has_more_ = has_more_ || result.ended > 0 || result.has_more;
        end_round();
      },
      [this](const caf::error&) { end_round(); });
}

void node_drain::end_round() {
  if (--waiting_ > 0)
    return;
  if (!has_more_ && state_ == drain_state::running) {
    state_ = drain_state::done;
    log::info("drained", "clients", closed_);
  }
  delayed_send(this, interval, tick_atom_v);
}

void node_drain::describe(snapshot& out) const {
  pinned_actor::describe(out);
  out.add("state", std::string{to_string(state_)});
  out.add("rate", static_cast<std::int64_t>(pace_.rate()));
  out.add("closed", static_cast<std::int64_t>(closed_));
}

void node_drain::on_exit() {
  desks_.clear();
  pinned_actor::on_exit();
}

} // namespace rookery
