#pragma once

#include "actors/pinned_actor.hpp"
#include "cluster/fan_out.hpp"
#include "cluster/spawn_bus.hpp"

namespace rookery {

/// The bus of a node without Redis: one per loop, each the owner of the
/// channels for which `bus_directory::owner_of` names it. It gives each of its
/// channels one order on all loops. Start it with `spawn_bus`.
class local_bus final : public pinned_actor<ticking_bus_actor> {
public:
  /// `backlog_limit` as in `fan_out`.
  explicit local_bus(caf::actor_config& config,
                     std::size_t backlog_limit = 8 * 1024 * 1024);

  std::string_view kind() const noexcept override { return "local_bus"; }

  behavior_type make_behavior() override;

private:
  void publish(const publish_command& command);
  void add(const want& what);
  void remove(const unwant& what);
  void tick();
  void plan_tick();
  void describe(snapshot& out) const override;

  fan_out fan_;
  std::uint64_t published_ = 0;
  bool tick_planned_ = false;
};

} // namespace rookery
