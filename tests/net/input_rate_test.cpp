#define CAF_SUITE input_rate
#include "tests/net/support/client_frames.hpp"
#include "tests/net/support/net_fixture.hpp"
#include "tests/net/support/recording_session.hpp"

#include <caf/test/unit_test.hpp>

#include <optional>
#include <string>
#include <utility>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

using events = std::vector<std::string>;

struct fixture : net_fixture {
  ~fixture() {
    session.reset();
    loop().sessions().abort_all();
    pump();
    CAF_CHECK_EQUAL(recording_websocket::alive, 0);
  }

  /// Opens a session whose client may send so many bytes a second.
  void open(std::size_t rate) {
    limits.input = {rate};
    auto [end, accepted] = connect();
    client.emplace(std::move(end));
    session = new recording_websocket{std::make_unique<accepted_client>(
      loop(), std::move(accepted), upgrade_request(), std::string{})};
    session->start();
    pump();
    session->open();
    CAF_REQUIRE(pump_until([&] { return client->received().size() > 100; }));
    client->forget();
  }

  void say(std::string_view bytes) { client->send(bytes); }

  bool hears(std::string_view bytes) {
    return pump_until([&] { return client->received().ends_with(bytes); });
  }

  bool waits() {
    return pump_until([&] { return loop().meters().waits.bytes == 1; });
  }

  bool sees(const events& expected) {
    return pump_until([&] { return session->events == expected; });
  }

  bool is_gone() {
    return pump_until([&] { return loop().sessions().size() == 0; });
  }

  std::optional<raw_client> client;
  websocket_ptr session;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(input_rate_tests, fixture)

CAF_TEST(a client beyond its rate of bytes is read later and not cut) {
  open(1'000);
  const auto message = client_text(std::string(990, 'x'));
  events seen;
  for (int i = 0; i < 12; ++i) {
    say(message);
    seen.push_back("text:" + std::string(990, 'x'));
  }
  CAF_CHECK(sees(seen));
  CAF_CHECK_EQUAL(loop().meters().waits.bytes, 1u);
  CAF_CHECK(!loop().sessions().finish_reading());
  say(client_text("later"));
  // 11,976 bytes were taken, 10,000 is the most at once.
  for (int i = 0; i < 7; ++i) {
    advance(250ms);
    CAF_CHECK(session->events == seen);
  }
  advance(250ms);
  seen.emplace_back("text:later");
  CAF_CHECK(sees(seen));
  CAF_CHECK(!session->ending());
}

CAF_TEST(a client that waits for its rate hears our close) {
  open(100);
  say(client_text(std::string(2'000, 'x')));
  CAF_CHECK(waits());
  session->close(close_reason::going_away);
  CAF_CHECK(hears("node is going away"));
  say(client_frame(0x88, "\x03\xe9"));
  CAF_CHECK(pump_until([&] { return client->is_over(); }));
  client->close();
  CAF_CHECK(is_gone());
}

CAF_TEST(a client that waits for its rate is not cut for silence) {
  open(100);
  say(client_text(std::string(20'000, 'x')));
  CAF_CHECK(waits());
  for (int i = 0; i < 15; ++i)
    advance(10s);
  CAF_CHECK(!session->ending());
}

CAF_TEST_FIXTURE_SCOPE_END()
