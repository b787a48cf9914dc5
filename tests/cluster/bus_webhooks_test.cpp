#define CAF_SUITE bus_webhooks

#include "tests/cluster/support/bus_rig.hpp"
#include "tests/cluster/support/redis_server.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>

using namespace rookery;
using namespace rookery::test;

namespace {

/// Records each event as "type name" and acknowledges it.
class noting_sender final : public webhook_sender {
public:
  explicit noting_sender(line_log& log) : log_{log} {}

  void send(std::string body, handler then) override {
    for (auto at = body.find("{\"id\""); at != body.npos;
         at = body.find("{\"id\"", at + 1)) {
      const std::string_view event{body.data() + at, body.find('}', at) - at};
      const auto name = value(event, "channel");
      log_.add(value(event, "type") + " "
               + (name.empty() ? value(event, "client") : name));
    }
    then({});
  }

private:
  static std::string value(std::string_view event, std::string_view key) {
    const auto mark = "\"" + std::string{key} + "\":\"";
    const auto at = event.find(mark);
    if (at == event.npos)
      return {};
    event.remove_prefix(at + mark.size());
    return std::string{event.substr(0, event.find('"'))};
  }

  line_log& log_;
};

/// Runs `test` with either bus; `log` holds the events sent to the backend.
void with_every_bus(const std::function<void(bus_rig&, line_log& log)>& test) {
  line_log log;
  const auto sender = [&] { return std::make_unique<noting_sender>(log); };
  CAF_MESSAGE("the in-process bus");
  {
    bus_rig rig{[&](bus_rig& self) {
      std::vector<actor_ref<bus_actor>> result;
      for (auto& each : self.parts)
        result.push_back(spawn_bus<local_bus>(
          self.system, each->actors, local_bus_limits{}, "n1", sender()));
      return result;
    }};
    test(rig, log);
  }
  CAF_MESSAGE("the Redis bridge");
  line_log cluster_log;
  redis_server redis;
  redis_options options;
  options.server = {"", "", "127.0.0.1", redis.port()};
  bus_health health;
  bus_rig rig{[&](bus_rig& self) {
    auto& home = *self.parts.front();
    return std::vector{spawn_bus<redis_bridge>(
      self.system, home.actors, make_bridge_options("events:"),
      connect_redis(home.io, options), health,
      std::make_unique<noting_sender>(cluster_log))};
  }};
  CAF_REQUIRE(eventually([&] { return health.is_ready(); }));
  test(rig, cluster_log);
}

using strings = std::vector<std::string>;

} // namespace

CAF_TEST(a channel is told of once however many loops have it) {
  with_every_bus([](bus_rig& rig, line_log& log) {
    auto& ann = rig.new_log();
    rig.want_on(0, "room", ann, 1);
    rig.want_on(1, "room", ann, 1);
    CAF_REQUIRE(log.await("occupied room"));
    rig.unwant_on(0, "room", 2);
    rig.unwant_on(1, "room", 2);
    rig.want_on(0, "room", ann, 3);
    rig.unwant_on(0, "room", 4);
    CAF_REQUIRE(log.await("vacated room"));
    CAF_CHECK_EQUAL(log.events(), (strings{"occupied room", "vacated room"}));
  });
}

CAF_TEST(a client is told of when it is gone) {
  with_every_bus([](bus_rig& rig, line_log& log) {
    const auto& bus = rig.buses->owner_of("c1");
    tell({}, bus, client_entered{"c1", "ann"});
    tell({}, bus, client_left{"c1", "ann", 3000, "bye"});
    CAF_REQUIRE(log.await("disconnect c1"));
    CAF_CHECK_EQUAL(log.events(), (strings{"disconnect c1"}));
  });
}

CAF_TEST(a bus retires when its events are safe) {
  with_every_bus([](bus_rig& rig, line_log& log) {
    const auto& bus = rig.buses->owner_of("c1");
    tell({}, bus, client_entered{"c1", "ann"});
    tell({}, bus, client_left{"c1", "ann", 3000, "bye"});
    auto good = false;
    (*rig.self)
      ->request(bus.handle(), std::chrono::seconds{20}, retire_atom_v)
      .receive([&](ok_atom) { good = true; }, [](const caf::error&) {});
    CAF_CHECK(good);
    CAF_CHECK(log.await("disconnect c1"));
  });
}
