#pragma once

#include "actors/bus_directory.hpp"
#include "actors/channel/namespaces.hpp"
#include "actors/interfaces.hpp"
#include "cluster/admin/drain_gate.hpp"
#include "cluster/bus/bus_health.hpp"

#include <string>
#include <vector>

namespace rookery {

/// The actors and states of a node that its `node_admin` queries. The
/// references must outlive that actor.
struct admin_subjects {
  std::string id; ///< the node's id
  std::vector<actor_ref<loop_actor>> loops;
  std::vector<actor_ref<loop_commands_actor>> commands; ///< one per loop
  actor_ref<drain_actor> drain;
  const bus_directory& buses;
  const namespaces& names;
  const bus_health& health;
  const drain_gate& gate;
  bool has_redis = false;
};

} // namespace rookery
