#define CAF_SUITE websocket_input
#include "tests/net/support/websocket_fixture.hpp"

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

CAF_TEST_FIXTURE_SCOPE(websocket_input_tests, websocket_fixture)

CAF_TEST(a paused session hears only the end of its close handshake) {
  open();
  loop().sessions().pause_reading();
  say(client_text("ignored"));
  pump();
  CAF_CHECK(session->events.empty());
  loop().sessions().close_all(close_reason::going_away);
  CAF_CHECK(sees({"closed:going_away"}));
  say(client_close(1001));
  CAF_CHECK(pump_until([&] { return client->is_over(); }));
  client->close();
  CAF_CHECK(is_gone());
}

CAF_TEST(a session takes the input that came before its pause) {
  open();
  say(client_text("before"));
  CAF_CHECK(!loop().sessions().finish_reading());
  CAF_CHECK(sees({"text:before"}));
  CAF_CHECK(!loop().sessions().finish_reading());
  CAF_CHECK(loop().sessions().finish_reading());
  say(client_text("after"));
  pump();
  CAF_CHECK_EQUAL(session->events, (events{"text:before"}));
}

CAF_TEST(a held session is not paused before it is released) {
  open();
  session->hold_input(true);
  say(client_text("before"));
  for (int i = 0; i < 3; ++i) {
    pump();
    CAF_CHECK(!loop().sessions().finish_reading());
  }
  session->hold_input(false);
  CAF_CHECK(sees({"text:before"}));
  CAF_CHECK(!loop().sessions().finish_reading());
  CAF_CHECK(loop().sessions().finish_reading());
}

CAF_TEST(a client that is not read is not cut for silence) {
  open();
  const auto bytes = client_text("hello");
  say(bytes.substr(0, 5));
  CAF_CHECK(pump_until([&] { return loop().readers().size() == 0; }));
  session->hold_input(true);
  for (int i = 0; i < 5; ++i)
    advance(10s);
  CAF_CHECK(session->events.empty());
  say(bytes.substr(5));
  session->hold_input(false);
  CAF_CHECK(sees({"text:hello"}));
}

CAF_TEST(a client that is not read is not cut for its unfinished message) {
  input_memory = 1'000;
  open();
  const auto next = client_text("next");
  session->on_message = [&](std::string_view text) {
    session->hold_input(text == "first");
  };
  say(client_text("first") + next.substr(0, 5));
  CAF_CHECK(sees({"text:first"}));
  advance(1s);
  CAF_CHECK_EQUAL(session->events, events{"text:first"});
  session->hold_input(false);
  say(next.substr(5));
  CAF_CHECK(sees({"text:first", "text:next"}));
  say(next.substr(0, 5));
  CAF_CHECK(pump_until([&] {
    loop().settle_memory();
    return session->events.back() == "closed:policy_violation";
  }));
}

CAF_TEST(a client that takes no output is cut whatever it sends) {
  limits.output_queue = limits.read_pause = 64 * 1024 * 1024;
  begin({}, 4096);
  session->open();
  const std::string data(64 * 1024, 'x');
  while (session->queued_bytes() < 1024 * 1024) {
    deliver(data);
    pump();
  }
  advance(limits.ping_interval);
  say(client_frame(0x8a, ""));
  pump();
  advance(limits.pong_timeout);
  CAF_CHECK(sees({"closed:ping_timeout"}));
  CAF_CHECK(is_gone());
}

CAF_TEST_FIXTURE_SCOPE_END()
