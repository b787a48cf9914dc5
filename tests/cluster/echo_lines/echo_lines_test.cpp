#define CAF_SUITE echo_lines

#include "tests/cluster/echo_lines/echo_lines.hpp"
#include "tests/cluster/support/node_rig.hpp"

#include <caf/test/unit_test.hpp>

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

/// A node with a bus in its process.
struct fixture : node_rig {
  fixture() : node_rig{one_loop(), table} {}

  static settings one_loop() {
    settings result;
    result.node.loops = 1;
    return result;
  }

  static inline const std::vector<protocol> table = with_echo_lines();
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
