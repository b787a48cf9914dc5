#pragma once

#include "actors/bus_directory.hpp"
#include "actors/message/control.hpp"
#include "cluster/bus/bus_health.hpp"
#include "cluster/node/node_loop.hpp"
#include "configs/settings.hpp"

#include <caf/actor_system.hpp>

#include <memory>
#include <vector>

namespace rookery {

/// Starts the bus that `config` asks for, before the loops run: a Redis bridge
/// on `bridge_home`, or without `redis.url` an in-process bus on each of
/// `node_loops`. `node` is this node. All references must outlive the buses.
bus_directory
start_buses(caf::actor_system& system, const settings& config,
            const std::vector<std::unique_ptr<node_loop>>& node_loops,
            node_loop& bridge_home, const node_identity& node,
            bus_health& health);

} // namespace rookery
