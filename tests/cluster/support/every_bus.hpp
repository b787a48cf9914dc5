#pragma once

#include "tests/cluster/support/bus_rig.hpp"
#include "tests/cluster/support/redis_server.hpp"

#include <caf/test/unit_test.hpp>

#include <cstddef>
#include <functional>

namespace rookery::test {

/// Runs `test` with either bus on two running loops: it checks the promises
/// that every bus makes.
inline void with_every_bus(const std::function<void(bus_rig&)>& test,
                           std::size_t backlog_limit = 8 * 1024 * 1024) {
  CAF_MESSAGE("the in-process bus");
  {
    bus_rig rig{local_buses(backlog_limit)};
    test(rig);
  }
  CAF_MESSAGE("the Redis bridge");
  auto& redis = shared_redis();
  redis_options options;
  options.server = {"", "", "127.0.0.1", redis.port()};
  auto numbers = make_bridge_options("contract:");
  numbers.backlog_limit = backlog_limit;
  numbers.keeps_presence = true;
  bus_health health;
  bus_rig rig{redis_bridges(numbers, options, health)};
  CAF_REQUIRE(eventually([&] { return health.is_ready(); }));
  test(rig);
}

} // namespace rookery::test
