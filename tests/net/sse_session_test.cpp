#define CAF_SUITE sse_session
#include "actors/message/sse_event.hpp"
#include "tests/net/support/session_fixture.hpp"

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

struct fixture : session_fixture<recording_sse> {
  void begin() {
    auto [end, accepted] = connect();
    client.emplace(std::move(end));
    http_request request;
    request.method = "GET";
    request.target = "/sse/chat";
    session = new recording_sse{
      std::make_unique<accepted_client>(loop(), std::move(accepted),
                                        std::move(request), ""),
      std::vector<http_field>{{"Access-Control-Allow-Origin", "*"}}};
    session->start();
  }

  void open() {
    begin();
    session->open();
    CAF_REQUIRE(hears("retry: 2000\n\n\r\n"));
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(sse_session_tests, fixture)

CAF_TEST(the stream begins with its head and a retry) {
  open();
  const auto& head = client->received();
  CAF_CHECK(head.starts_with("HTTP/1.1 200 OK\r\n"));
  for (const auto* field :
       {"Content-Type: text/event-stream\r\n",
        "Cache-Control: no-store, no-transform\r\n",
        "X-Accel-Buffering: no\r\n", "Transfer-Encoding: chunked\r\n",
        "Access-Control-Allow-Origin: *\r\n"})
    CAF_CHECK(head.find(field) != std::string::npos);
}

CAF_TEST(events arrive as chunks) {
  open();
  session->deliver(encode_sse(payload_kind::text, "hi"));
  CAF_CHECK(hears("\r\na\r\ndata: hi\n\n\r\n"));
}

CAF_TEST(a comment comes every fifteen seconds) {
  open();
  for (int i = 0; i < 3; ++i) {
    client->forget();
    advance(15s);
    CAF_CHECK(pump_until(
      [&] { return client->received().find("\r\n:") != std::string::npos; }));
  }
  CAF_CHECK(session->events.empty());
}

CAF_TEST(a busy loop cuts no output that the kernel was not offered) {
  open();
  session->deliver(encode_sse(payload_kind::text, "hi"));
  session->close(close_reason::going_away);
  auto& wheel = loop().wheel();
  wheel.advance(wheel.now()
                + static_cast<std::uint32_t>(2 * limits.linger_timeout
                                             / timer_wheel::tick));
  CAF_CHECK(hears("0\r\n\r\n"));
  CAF_CHECK(sees({"closed:going_away"}));
}

CAF_TEST(the actor ends the stream with the last chunk) {
  open();
  session->close(close_reason::going_away);
  CAF_CHECK(session->events.empty());
  CAF_CHECK(hears("0\r\n\r\n"));
  CAF_CHECK(sees({"closed:going_away"}));
  CAF_CHECK(pump_until([&] { return client->is_over(); }));
  client->close();
  CAF_CHECK(is_gone());
}

CAF_TEST(a client that leaves is reported as gone) {
  open();
  client->close();
  CAF_CHECK(sees({"closed:peer_gone"}));
}

CAF_TEST(a client that talks too much is sent away) {
  open();
  client->send(std::string(10'000, 'x'));
  pump();
  CAF_CHECK(session->events.empty());
  client->send(std::string(60'000, 'x'));
  CAF_CHECK(sees({"closed:policy_violation"}));
}

CAF_TEST(closing before opening refuses the request) {
  begin();
  session->close(close_reason::publish_refused);
  CAF_CHECK(sees({"closed:publish_refused"}));
  CAF_CHECK(pump_until([&] { return client->is_over(); }));
  CAF_CHECK(client->received().starts_with("HTTP/1.1 503 "));
}

CAF_TEST_FIXTURE_SCOPE_END()
