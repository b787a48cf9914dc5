#include "cluster/node/start_buses.hpp"

#include "cluster/bridge/bridge_options.hpp"
#include "cluster/bridge/connect_redis.hpp"
#include "cluster/bridge/redis_bridge.hpp"
#include "cluster/memory/local_bus.hpp"
#include "cluster/webhooks/http_webhook_sender.hpp"
#include "configs/redis_url.hpp"

#include <algorithm>
#include <variant>

namespace rookery {

namespace {

redis_options options_of(const settings& config) {
  redis_options result;
  // The check of the settings has parsed it before.
  result.server = std::get<redis_url>(parse_redis_url(config.redis.url));
  result.connect_timeout = config.redis.connect_timeout;
  return result;
}

bridge_options numbers_of(const settings& config, const node_identity& node) {
  auto result = make_bridge_options(config.redis.prefix);
  result.node = node.id;
  result.node_name = node.name;
  result.reads = config.redis.reads;
  // The rest of the time is for telling clients.
  result.flush_timeout = config.node.drain_timeout / 4;
  result.presence_update_interval = config.redis.presence_update_interval;
  result.presence_ttl = config.redis.presence_ttl;
  result.position_ttl = config.node.history_meta_ttl;
  const auto& named = config.namespaces;
  result.keeps_presence =
    config.channel.presence
    || std::any_of(named.begin(), named.end(),
                   [](const auto& each) { return each.second.presence; });
  return result;
}

/// Returns null if no backend gets events.
std::unique_ptr<webhook_sender> make_sender(const settings& config,
                                            io_loop& loop) {
  const auto& url = config.hooks.events;
  if (url.empty())
    return nullptr;
  return std::make_unique<http_webhook_sender>(
    loop, std::get<http_url>(parse_http_url(url)));
}

actor_ref<bus_actor>
start_bridge(caf::actor_system& system, const settings& config, node_loop& home,
             const node_identity& node, bus_health& health) {
  return spawn_bus<redis_bridge>(system, home.actors, numbers_of(config, node),
                                 connect_redis(home.io, options_of(config)),
                                 health, make_sender(config, home.io));
}

} // namespace

bus_directory
start_buses(caf::actor_system& system, const settings& config,
            const std::vector<std::unique_ptr<node_loop>>& node_loops,
            node_loop& bridge_home, const node_identity& node,
            bus_health& health) {
  std::vector<actor_ref<bus_actor>> buses;
  if (!config.redis.url.empty()) {
    buses.push_back(start_bridge(system, config, bridge_home, node, health));
    return bus_directory{std::move(buses)};
  }
  local_bus_limits limits;
  limits.streams.position_ttl = config.node.history_meta_ttl;
  for (const auto& part : node_loops)
    buses.push_back(spawn_bus<local_bus>(
      system, part->actors, limits, node.name, make_sender(config, part->io)));
  health.set_ready(true);
  return bus_directory{std::move(buses)};
}

} // namespace rookery
