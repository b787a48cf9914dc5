#pragma once

#include "tests/net/support/client_frames.hpp"
#include "tests/net/support/session_fixture.hpp"
#include "tests/net/support/upgrade_request.hpp"

#include <caf/test/unit_test.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rookery::test {

/// A WebSocket and its client on one loop.
struct websocket_fixture : session_fixture<recording_websocket> {
  void begin(std::string rest = {}, int receive_buffer = 0) {
    auto [end, accepted] = connect(receive_buffer);
    client.emplace(std::move(end));
    session = new recording_websocket{std::make_unique<accepted_client>(
      loop(), std::move(accepted), upgrade_request(), std::move(rest))};
    session->start();
    pump();
  }

  /// Starts, opens, and reads the 101.
  void open() {
    begin();
    session->open();
    CAF_REQUIRE(pump_until([&] { return client->received().size() > 100; }));
    client->forget();
  }

  void say(std::string_view bytes) { client->send(bytes); }

  void deliver(std::string_view text) {
    session->deliver(encode_websocket(payload_kind::text, text));
  }
};

/// Opens a WebSocket on the server's end of a client's connection; the client
/// has received its 101.
inline websocket_ptr open_websocket(net_fixture& net, raw_client& client,
                                    descriptor accepted) {
  websocket_ptr result{
    new recording_websocket{std::make_unique<accepted_client>(
      net.loop(), std::move(accepted), upgrade_request(), "")}};
  result->start();
  result->open();
  CAF_REQUIRE(net.pump_until([&] { return client.received().size() > 100; }));
  client.forget();
  return result;
}

} // namespace rookery::test
