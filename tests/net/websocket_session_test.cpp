#define CAF_SUITE websocket_session
#include "tests/net/support/websocket_fixture.hpp"

#include <stdexcept>
#include <thread>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

CAF_TEST_FIXTURE_SCOPE(websocket_session_tests, websocket_fixture)

CAF_TEST(a session neither reads nor answers before the actor opens) {
  begin();
  say(client_text("early"));
  pump();
  CAF_CHECK_EQUAL(client->received(), "");
  CAF_CHECK(session->events.empty());
  session->open();
  CAF_CHECK(sees({"text:early"}));
  CAF_CHECK(client->received().starts_with("HTTP/1.1 101 "));
}

CAF_TEST(bytes behind the request are the first message) {
  begin(client_text("first") + client_text("second").substr(0, 4));
  session->open();
  CAF_CHECK(session->events.empty()); // the outbox does not call back
  CAF_CHECK(sees({"text:first"}));
  say(client_text("second").substr(4));
  CAF_CHECK(sees({"text:first", "text:second"}));
}

CAF_TEST(the answer precedes delivered frames) {
  begin();
  deliver("too early");
  session->open();
  deliver("hello");
  CAF_CHECK(hears("\r\n\r\n\x81\x05hello"));
  CAF_CHECK(client->received().find("too early") == std::string::npos);
}

CAF_TEST(an actor that is late is told once and then refused) {
  begin();
  advance(1s);
  CAF_CHECK_EQUAL(session->events, events{"overdue"});
  advance(limits.handshake_timeout);
  CAF_CHECK(sees({"overdue", "closed:internal_error"}));
  CAF_CHECK(client->received().starts_with("HTTP/1.1 503 "));
}

CAF_TEST(closing before opening refuses the request) {
  begin();
  session->close(close_reason::going_away);
  CAF_CHECK(session->events.empty());
  CAF_CHECK(sees({"closed:going_away"}));
  CAF_CHECK(pump_until([&] { return client->is_over(); }));
  CAF_CHECK(client->received().starts_with("HTTP/1.1 503 "));
  CAF_CHECK(client->received().find("Retry-After: 1\r\n") != std::string::npos);
  session->open();
  client->close();
  CAF_CHECK(is_gone());
}

CAF_TEST(messages keep their order and kind) {
  open();
  say(client_text("one") + client_frame(0x82, "two") + client_text(""));
  CAF_CHECK(sees({"text:one", "binary:two", "text:"}));
}

CAF_TEST(delivered frames arrive in order) {
  open();
  std::string expected;
  for (int i = 0; i < 300; ++i) {
    deliver("message");
    expected += "\x81\x07message";
  }
  CAF_CHECK(pump_until([&] { return client->received() == expected; }));
  CAF_CHECK_EQUAL(session->queued_bytes(), 0u);
}

CAF_TEST(the client ends the session with a close frame) {
  open();
  say(client_close(1000) + client_text("ignored"));
  CAF_CHECK(hears(server_close(1000)));
  CAF_CHECK(sees({"closed:normal"}));
  CAF_CHECK(pump_until([&] { return client->is_over(); }));
  CAF_CHECK(!client->is_reset());
  client->close();
  CAF_CHECK(is_gone());
}

CAF_TEST(the actor ends the session and the client agrees) {
  open();
  deliver("last");
  session->close(close_reason::normal);
  CAF_CHECK(session->events.empty());
  deliver("too late");
  CAF_CHECK(hears("\x81\x04last" + server_close(1000)));
  CAF_CHECK(sees({"closed:normal"}));
  say(client_text("ignored") + client_frame(0x89, "ignored")
      + client_close(1000));
  CAF_CHECK(pump_until([&] { return client->is_over(); }));
  CAF_CHECK(client->received().ends_with(server_close(1000)));
  client->close();
  CAF_CHECK(is_gone());
  CAF_CHECK_EQUAL(session->events, events{"closed:normal"});
}

CAF_TEST(a client that does not answer our close is cut) {
  open();
  session->close(close_reason::going_away);
  CAF_CHECK(sees({"closed:going_away"}));
  CAF_CHECK_EQUAL(loop().sessions().size(), 1u);
  advance(limits.close_timeout);
  CAF_CHECK(is_gone());
}

CAF_TEST(closing from within a message is told after it) {
  open();
  session->on_message = [&](std::string_view) {
    session->close(close_reason::policy_violation);
    CAF_CHECK_EQUAL(session->events, events{"text:bad"});
  };
  say(client_text("bad") + client_text("ignored"));
  CAF_CHECK(sees({"text:bad", "closed:policy_violation"}));
}

CAF_TEST(a vanished client is reported as gone) {
  open();
  client->close();
  CAF_CHECK(sees({"closed:peer_gone"}));
  CAF_CHECK(is_gone());
}

CAF_TEST(a reset is reported as gone) {
  open();
  client->reset();
  CAF_CHECK(sees({"closed:peer_gone"}));
}

CAF_TEST(writing to a vanished client reports it later) {
  begin();
  client->reset();
  session->open();
  deliver("x");
  CAF_CHECK(session->events.empty());
  CAF_CHECK(sees({"closed:peer_gone"}));
  CAF_CHECK(is_gone());
}

CAF_TEST(a protocol error is answered with its code) {
  struct row {
    std::string bytes;
    std::uint16_t code;
    std::string event;
  };

  const row rows[] = {
    {"\x81\x01x", 1002, "closed:protocol_error"},
    {client_close(5000), 1002, "closed:protocol_error"},
    {client_frame(0x81, "\xff"), 1007, "closed:invalid_text"},
    {client_frame(0x82, std::string(2'000'000, 'x')), 1009,
     "closed:message_too_big"},
    {client_frame(0x01, "\xc3") + client_frame(0x80, ""), 1007,
     "closed:invalid_text"},
  };
  for (const auto& row : rows) {
    open();
    say(row.bytes);
    CAF_CHECK(hears(server_close(row.code)));
    CAF_CHECK(sees({row.event}));
    CAF_CHECK(pump_until([&] { return client->is_over(); }));
    CAF_CHECK(!client->is_reset());
    client->close();
    CAF_CHECK(is_gone());
  }
}

CAF_TEST(an unfinished message does not hold its reader for ever) {
  limits.ping_interval = 1h;
  open();
  say(client_text("hello").substr(0, 7));
  CAF_CHECK(pump_until([&] { return loop().readers().size() == 0; }));
  advance(limits.message_timeout);
  CAF_CHECK(sees({"closed:policy_violation"}));
  CAF_CHECK(hears("\x88\x02\x03\xf0"));
}

CAF_TEST(a client that keeps finishing messages is not cut) {
  limits.ping_interval = 1h;
  open();
  const auto bytes = client_text("hello");
  say(bytes.substr(0, 5));
  for (int i = 0; i < 10; ++i) {
    advance(10s);
    say(bytes.substr(5) + bytes.substr(0, 5));
    const auto expected = static_cast<std::size_t>(i) + 1;
    CAF_CHECK(pump_until([&] { return session->events.size() == expected; }));
  }
  CAF_CHECK_EQUAL(session->events.back(), "text:hello");
}

CAF_TEST(a client that only its loop keeps is cut when it is silent) {
  open();
  session.reset();
  advance(limits.ping_interval);
  CAF_REQUIRE(hears({"\x89\x00", 2}));
  advance(limits.pong_timeout);
  CAF_CHECK_EQUAL(recording_websocket::alive, 0);
}

CAF_TEST(a silent client is pinged and cut) {
  open();
  advance(25s);
  CAF_CHECK(hears(std::string{"\x89\x00", 2}));
  CAF_CHECK(session->events.empty());
  advance(10s);
  CAF_CHECK(sees({"closed:ping_timeout"}));
  CAF_CHECK(is_gone());
}

CAF_TEST(a client that answers stays and its round trip is known) {
  open();
  CAF_CHECK(session->round_trip() == 0us);
  advance(10s);
  for (int i = 0; i < 5; ++i) {
    advance(15s);
    CAF_CHECK(hears(std::string{"\x89\x00", 2}));
    client->forget();
    session->events.clear();
    say(client_frame(0x8a, "") + client_text("here"));
    CAF_CHECK(sees({"text:here"}));
    CAF_CHECK(session->round_trip() > 0us);
    advance(10s);
  }
  CAF_CHECK_EQUAL(session->events, events{"text:here"});
  CAF_CHECK_EQUAL(loop().sessions().size(), 1u);
}

CAF_TEST(an actor that throws ends its session alone) {
  open();
  session->on_message = [](std::string_view) {
    throw std::runtime_error{"as told"};
  };
  say(client_text("1") + client_text("2"));
  CAF_CHECK(
    sees({"text:1", "failed:message: as told", "closed:internal_error"}));
  CAF_CHECK(hears(encode_close(1011, "")->bytes()));
}

CAF_TEST(any input counts as a sign of life) {
  open();
  advance(25s);
  say(client_text("busy"));
  CAF_CHECK(sees({"text:busy"}));
  advance(10s);
  CAF_CHECK_EQUAL(session->events, events{"text:busy"});
}

CAF_TEST(a client that takes no pongs gets no more of them) {
  limits.read_pause = 10'000;
  begin({}, 4096);
  session->open();
  const std::string ping = client_frame(0x89, std::string(125, 'x'));
  std::string burst;
  for (int i = 0; i < 400; ++i)
    burst += ping;
  std::size_t peak = 0;
  std::thread flood{[&] {
    for (int i = 0; i < 400; ++i)
      client->send(burst);
  }};
  // Only the cut ends the flood: its bytes are not read any more.
  CAF_CHECK(pump_until([&] {
    peak = std::max(peak, session->queued_bytes());
    return peak > limits.read_pause;
  }));
  for (int i = 0; i < 200; ++i) {
    pump();
    peak = std::max(peak, session->queued_bytes());
  }
  CAF_CHECK(peak < limits.read_pause + 128 * 1024);
  loop().sessions().abort_all();
  flood.join();
}

CAF_TEST_FIXTURE_SCOPE_END()
