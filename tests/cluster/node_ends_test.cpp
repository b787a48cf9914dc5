#define CAF_SUITE node_ends

#include "tests/cluster/support/node_rig.hpp"

#include <caf/test/unit_test.hpp>

#include <functional>
#include <string>
#include <vector>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

/// Runs `test` with a node of two loops, alone and on a Redis.
void with_two_loops(const std::function<void(node_rig&)>& test) {
  settings config;
  config.node.loops = 2;
  config.node.drain_timeout = 3s;
  config.centrifuge.anonymous = true;
  {
    node_rig rig{config};
    test(rig);
  }
  config.redis.url =
    "redis://127.0.0.1:" + std::to_string(shared_redis().port());
  node_rig rig{config};
  CAF_REQUIRE(eventually([&] { return rig.shows("/ready", "200"); }));
  test(rig);
}

/// Returns `count` messages in one piece.
std::string messages(int count) {
  std::string result;
  for (auto i = 0; i < count; ++i)
    result += client_text("message " + std::to_string(i));
  return result;
}

} // namespace

CAF_TEST(clients die while their publications are unanswered) {
  with_two_loops([](node_rig& rig) {
    for (auto round = 0; round < 3; ++round) {
      for (auto i = 0; i < 16; ++i)
        rig.join("/ws/c" + std::to_string(i % 5));
      auto is_hard = false;
      for (auto& each : rig.clients) {
        each.send(messages(50));
        if ((is_hard = !is_hard))
          each.reset();
      }
      rig.clients.clear();
    }
    CAF_CHECK(eventually([&] {
      return rig.shows("/metrics", "rookery_connections{protocol=\"plain\"} 0");
    }));
  });
}

CAF_TEST(a node stops while streams are live and clients publish) {
  with_two_loops([](node_rig& rig) {
    std::vector<raw_client*> plain;
    for (auto i = 0; i < 8; ++i)
      plain.push_back(&rig.join("/ws/c" + std::to_string(i % 3)));
    for (const std::string topic : {"nodes", "top", "nodes", "top"}) {
      auto& stream = rig.join_admin("/live");
      stream.send(client_text("{\"topic\":\"" + topic + "\"}"));
      CAF_CHECK(rig.hears(stream, "{"));
    }
    auto& watch = rig.join_admin("/live");
    watch.send(client_text(R"({"topic":"watch","channel":"c1"})"));
    auto& sdk = rig.join("/connection/websocket");
    sdk.send(client_text(R"({"id":1,"connect":{}})"));
    CAF_CHECK(rig.hears(sdk, "\"id\":1"));
    for (auto* each : plain)
      each->send(messages(20));
    rig.subject->drain();
    CAF_CHECK(eventually([&] { return sdk.is_over() && watch.is_over(); }));
  });
}
