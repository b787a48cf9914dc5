#pragma once

#include "cluster/bridge/redis_bridge.hpp"
#include "tests/actors/support/coordinator_unit.hpp"
#include "tests/cluster/support/fake_ports.hpp"
#include "tests/cluster/support/recording_channel.hpp"

#include <caf/test/dsl.hpp>

#include <string_view>

namespace rookery::test {

/// A bridge between the test, which plays Redis, and one channel actor, which
/// records what it is sent. No time passes unless the test says so.
struct bridge_fixture : test_coordinator_fixture<caf::actor_system_config> {
  static constexpr std::string_view probe = "p:__rookery:probe:1";

  static bridge_options options() {
    bridge_options result;
    result.prefix = "p:";
    result.probe_channel = probe;
    return result;
  }

  bridge_fixture() {
    bridge =
      spawn_bus<redis_bridge>(sys, unit, options(), redis.connect(), health)
        .handle();
    ann_actor = spawn_recorder(sys, ann);
    sched.run();
  }

  ~bridge_fixture() override {
    caf::anon_send_exit(bridge, caf::exit_reason::kill);
    caf::anon_send_exit(ann_actor.handle(), caf::exit_reason::kill);
    sched.run();
  }

  coordinator_unit unit{sys};
  bus_health health;
  fake_redis redis;
  channel_record ann;
  actor_ref<channel_actor> ann_actor;
  bus_actor bridge;
};

} // namespace rookery::test
