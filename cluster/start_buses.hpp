#pragma once

#include "actors/bus_directory.hpp"
#include "cluster/bus_health.hpp"
#include "cluster/shard.hpp"
#include "configs/settings.hpp"

#include <caf/actor_system.hpp>

#include <memory>
#include <string>
#include <vector>

namespace rookery {

/// Starts the bus that `config` asks for, before the loops run: a Redis bridge
/// on `bridge_home`, or without `redis.url` an in-process bus
/// on each of `shards`. `node` names this run of the node in the cluster.
/// All references must outlive the buses.
bus_directory start_buses(caf::actor_system& system, const settings& config,
                          const std::vector<std::unique_ptr<shard>>& shards,
                          shard& bridge_home, const std::string& node,
                          bus_health& health);

} // namespace rookery
