#pragma once

#include "actors/interfaces.hpp"
#include "actors/runtime/pinned_actor.hpp"
#include "cluster/admin/drain_gate.hpp"
#include "cluster/admin/drain_pace.hpp"

#include <vector>

namespace rookery {

std::string_view to_string(drain_state state);

using pinned_drain_actor = drain_actor::extend<caf::reacts_to<tick_atom>>;

/// Empties the node of its clients while it runs: closes the gate for new ones
/// and tells those that are there to come back, at the pace that an operator
/// chose. Ends nothing else; cancelling opens the gate again.
class node_drain final : public pinned_actor<pinned_drain_actor> {
public:
  static constexpr std::chrono::milliseconds interval{100};

  /// `desks` are those of all loops. `gate` must outlive the actor.
  node_drain(caf::actor_config& config, drain_gate& gate,
             std::vector<actor_ref<loop_desk_actor>> desks)
    : pinned_actor{config}, gate_{gate}, desks_{std::move(desks)} {}

  std::string_view kind() const noexcept override { return "drain"; }

  behavior_type make_behavior() override;

private:
  drain_report carry_out(const drain_command& command);
  void run();
  void tick();
  void ask(std::size_t loop, std::uint32_t count);
  void end_round();
  void describe(snapshot& out) const override;
  void on_exit() override;

  drain_gate& gate_;
  std::vector<actor_ref<loop_desk_actor>> desks_;
  drain_pace pace_;
  drain_state state_ = drain_state::off;
  caf::actor_clock::time_point last_;
  std::uint64_t closed_ = 0;
  std::size_t first_ = 0;   // the loop whose turn it is
  std::size_t waiting_ = 0; // loops that have not answered
  bool has_more_ = false;   // one of them has clients left, perhaps
  bool is_ticking_ = false;
};

} // namespace rookery
