#define CAF_SUITE input_rate
#include "tests/net/support/websocket_fixture.hpp"

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

struct fixture : websocket_fixture {
  /// Opens a session whose client may send so many bytes a second.
  void open(std::size_t rate) {
    limits.input = {rate};
    websocket_fixture::open();
  }

  bool waits() {
    return pump_until([&] { return loop().meters().waits.bytes == 1; });
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(input_rate_tests, fixture)

CAF_TEST(a client beyond its rate of bytes is read later and not cut) {
  open(1'000);
  const auto message = client_text(std::string(1'990, 'x'));
  events seen;
  for (int i = 0; i < 6; ++i) {
    say(message);
    seen.push_back("text:" + std::string(1'990, 'x'));
  }
  CAF_CHECK(sees(seen));
  CAF_CHECK_EQUAL(loop().meters().waits.bytes, 1u);
  CAF_CHECK(!loop().sessions().finish_reading());
  say(client_text("later"));
  // 11,988 bytes were taken, 10,000 is the most at once.
  for (int i = 0; i < 7; ++i) {
    advance(250ms);
    CAF_CHECK(session->events == seen);
  }
  advance(250ms);
  seen.emplace_back("text:later");
  CAF_CHECK(sees(seen));
  CAF_CHECK(!session->ending());
}

CAF_TEST(frames without payload count) {
  open(1'000);
  for (int i = 0; i < 10; ++i)
    say(client_frame(0x89, {}));
  CAF_CHECK(waits());
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
