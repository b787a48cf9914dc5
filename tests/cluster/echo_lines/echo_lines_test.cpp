#define CAF_SUITE echo_lines

#include "cluster/node/node.hpp"
#include "cluster/tokens/make_token_verifier.hpp"
#include "tests/cluster/echo_lines/echo_lines.hpp"
#include "tests/cluster/support/bus_rig.hpp"
#include "tests/cluster/support/redis_server.hpp"
#include "tests/net/support/client_frames.hpp"
#include "tests/net/support/raw_client.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/test/unit_test.hpp>

#include <list>
#include <memory>
#include <string>
#include <vector>

using namespace rookery;
using namespace rookery::test;

namespace {

/// The table of a node that speaks one more protocol.
std::vector<protocol> with_echo_lines() {
  const auto all = all_protocols();
  std::vector<protocol> result{all.begin(), all.end()};
  result.push_back({"echo-lines", "/lines/", make_echo_lines_starter});
  return result;
}

/// A node on real sockets, with a bus in its process.
struct fixture {
  fixture() {
    config.node.loops = 1;
    config.listen.port = free_port();
    config.admin.port = free_port();
    subject = std::make_unique<node>(system, config, "one", *tokens.verifier,
                                     "the demo", web_console{}, table);
    CAF_REQUIRE(!subject->start());
  }

  ~fixture() {
    clients.clear();
    subject->drain();
  }

  raw_client& join(std::string_view path) {
    auto& client = clients.emplace_back(config.listen.port);
    client.send("GET " + std::string{path}
                + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                  "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    CAF_REQUIRE(hears(client, "\r\n\r\n"));
    CAF_REQUIRE(client.received().starts_with("HTTP/1.1 101"));
    client.forget();
    return client;
  }

  bool hears(raw_client& client, std::string_view what) {
    return eventually(
      [&] { return client.received().find(what) != std::string::npos; });
  }

  /// Returns the answer of the admin listener.
  std::string ask(std::string_view path) {
    raw_client client{config.admin.port};
    client.send("GET " + std::string{path}
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    CAF_REQUIRE(eventually([&] { return client.is_over(); }));
    return client.received();
  }

  bool shows(std::string_view path, std::string_view what) {
    return ask(path).find(what) != std::string::npos;
  }

  const std::vector<protocol> table = with_echo_lines();
  settings config;
  token_setup tokens = make_token_verifier(config.token);
  caf::actor_system_config actors;
  caf::actor_system system{actors};
  std::unique_ptr<node> subject;
  std::list<raw_client> clients;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(echo_lines_tests, fixture)

CAF_TEST(every line reaches the channel and comes back) {
  auto& ann = join("/lines/lobby");
  auto& bob = join("/lines/lobby");
  ann.send(client_text("one\ntwo"));
  const std::string expected{"\x81\x04one\n\x81\x04two\n"};
  CAF_CHECK(hears(ann, expected));
  CAF_CHECK(hears(bob, expected));
}

CAF_TEST(channels are shared with other protocols) {
  auto& ann = join("/lines/lobby");
  auto& bob = join("/ws/lobby");
  ann.send(client_text("hi"));
  CAF_CHECK(hears(bob, "\x81\x02hi"));
  bob.send(client_text("ho"));
  CAF_CHECK(hears(ann, "\x81\x03ho\n"));
}

CAF_TEST(metrics and listings know the protocol) {
  CAF_CHECK(
    shows("/metrics", "rookery_connections{protocol=\"echo-lines\"} 0"));
  join("/lines/lobby");
  CAF_CHECK(
    shows("/metrics", "rookery_connections{protocol=\"echo-lines\"} 1"));
  CAF_CHECK(shows("/api/nodes", "\"echo-lines\":1"));
  CAF_CHECK(
    shows("/api/connections?protocol=echo-lines", "\"channel\":\"lobby\""));
  CAF_CHECK(!shows("/api/connections?protocol=plain", "lobby"));
  CAF_CHECK(
    shows("/api/connections?protocol=lines",
          "protocol must be one of plain, sse, centrifuge, echo-lines"));
}

CAF_TEST(a channel name is judged as everywhere) {
  raw_client client{config.listen.port};
  client.send("GET /lines/__x HTTP/1.1\r\nHost: x\r\n"
              "Upgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Version: 13\r\n"
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  CAF_CHECK(hears(client, "HTTP/1.1 403"));
}

CAF_TEST_FIXTURE_SCOPE_END()
