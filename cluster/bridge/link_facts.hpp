#pragma once

#include "actors/record/meters.hpp"
#include "actors/record/snapshot.hpp"
#include "cluster/redis/redis_ports.hpp"

#include <memory>

namespace rookery {

/// The two links of a bridge.
struct redis_ports {
  std::shared_ptr<subscribe_port> subscribe;
  std::shared_ptr<publish_port> publish;
};

/// Returns the state and the counters of the links.
redis_meters link_meters(const redis_ports& links);

/// Adds the same to the bus's snapshot, with the reasons of losses and the
/// errors of Redis.
void describe_links(const redis_ports& links, snapshot& out);

} // namespace rookery
