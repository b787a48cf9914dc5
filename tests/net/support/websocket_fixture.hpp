#pragma once

#include "tests/net/support/client_frames.hpp"
#include "tests/net/support/net_fixture.hpp"
#include "tests/net/support/recording_session.hpp"

#include <caf/test/unit_test.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::test {

/// The events of a recording session.
using events = std::vector<std::string>;

/// A WebSocket and its client on one loop.
struct websocket_fixture : net_fixture {
  ~websocket_fixture() {
    session.reset();
    loop().sessions().abort_all();
    pump();
    CAF_CHECK_EQUAL(recording_websocket::alive, 0);
  }

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

  bool hears(std::string_view bytes) {
    return pump_until([&] { return client->received().ends_with(bytes); });
  }

  bool sees(const events& expected) {
    return pump_until([&] { return session->events == expected; });
  }

  bool is_gone() {
    return pump_until([&] { return loop().sessions().size() == 0; });
  }

  void deliver(std::string_view text) {
    session->deliver(encode_websocket(payload_kind::text, text));
  }

  std::optional<raw_client> client;
  websocket_ptr session;
};

} // namespace rookery::test
