#include "cluster/admin/node_drain.hpp"

#include "cluster/shared/gathering.hpp"
#include "configs/log.hpp"

#include <utility>

namespace rookery {

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
  // Loops take turns, so that a low rate reaches every loop.
  const auto loops = commands_.size();
  const auto share = due / loops;
  const auto rest = due % loops;
  // A loop that is not asked in this round may still have clients.
  const auto all = gathering<clients_ended>::start(
    {0, share == 0}, [this](const clients_ended& sum) { end_round(sum); });
  for (std::size_t i = 0; i < loops; ++i) {
    const auto count = static_cast<std::uint32_t>(share + (i < rest ? 1 : 0));
    if (count == 0)
      break;
    all->ask<clients_ended>(
      *this, commands_[(first_ + i) % loops], caf::infinite,
      client_ending{0, count, close_reason::going_away},
      [](clients_ended& sum, const clients_ended& one) {
        sum.ended += one.ended;
        sum.has_more = sum.has_more || one.ended > 0 || one.has_more;
      });
  }
  first_ = (first_ + rest) % loops;
  all->finish();
}

void node_drain::end_round(const clients_ended& sum) {
  closed_ += sum.ended;
  if (!sum.has_more && state_ == drain_state::running) {
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
  commands_.clear();
  pinned_actor::on_exit();
}

} // namespace rookery
