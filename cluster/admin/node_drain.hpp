#pragma once

#include "actors/interfaces.hpp"
#include "actors/runtime/pinned_actor.hpp"
#include "cluster/admin/drain_gate.hpp"
#include "cluster/admin/drain_pace.hpp"

#include <vector>

namespace rookery {

/// The actor that removes all clients from the node while it keeps running, so
/// that they reconnect to other nodes. Closes the gate for new clients, and
/// closes present ones at the rate that an operator chose. Stops nothing else;
/// cancelling opens the gate again.
class node_drain final : public pinned_actor<drain_actor> {
public:
  static constexpr std::chrono::milliseconds interval{100};

  /// `commands` are those of all loops. `gate` must outlive the actor.
  node_drain(caf::actor_config& config, drain_gate& gate,
             std::vector<actor_ref<loop_commands_actor>> commands)
    : pinned_actor{config}, gate_{gate}, commands_{std::move(commands)} {}

  std::string_view kind() const noexcept override { return "drain"; }

  behavior_type make_behavior() override;

private:
  drain_report carry_out(const drain_command& command);
  void run();
  void tick();
  void end_round(const clients_ended& sum);
  void describe(snapshot& out) const override;
  void on_exit() override;

  drain_gate& gate_;
  std::vector<actor_ref<loop_commands_actor>> commands_;
  drain_pace pace_;
  drain_state state_ = drain_state::off;
  caf::actor_clock::time_point last_;
  std::uint64_t closed_ = 0;
  std::size_t first_ = 0; // the loop whose turn it is
  bool is_ticking_ = false;
};

} // namespace rookery
