#define CAF_SUITE http_connection
#include "tests/net/support/http_fixture.hpp"

#include <caf/test/unit_test.hpp>

#include <functional>
#include <optional>
#include <thread>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

using fixture = http_fixture;

} // namespace

CAF_TEST_FIXTURE_SCOPE(http_connection_tests, fixture)

CAF_TEST(requests of one connection are answered in order) {
  echo_targets();
  begin();
  get("/1");
  CAF_CHECK(hears("</1>"));
  get("/2");
  CAF_CHECK(hears("</2>"));
}

CAF_TEST(pipelined requests are answered one after the other) {
  begin();
  std::string requests;
  for (int i = 0; i < 5; ++i)
    requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
  client->send(requests);
  std::string expected;
  for (int i = 0; i < 5; ++i) {
    CAF_REQUIRE(has_pending());
    CAF_REQUIRE_EQUAL(pending.size(), 1u);
    const auto exchange = std::exchange(pending, {}).front();
    const auto target = std::string{"/"}.append(std::to_string(i));
    CAF_CHECK_EQUAL(exchange->request().target, target);
    exchange->respond({});
  }
}

CAF_TEST(a request carries the addresses that the listener told) {
  begin();
  get("/");
  CAF_REQUIRE(has_pending());
  CAF_CHECK_EQUAL(pending[0]->request().remote_address, "192.0.2.7");
  CAF_CHECK_EQUAL(pending[0]->request().local_port, 80u);
}

CAF_TEST(an answer may come from another thread) {
  begin();
  get("/");
  CAF_REQUIRE(has_pending());
  std::thread other{[exchange = std::exchange(pending, {}).front()] {
    exchange->respond({.body = "from afar"});
  }};
  CAF_CHECK(hears("from afar"));
  other.join();
}

CAF_TEST(an exchange that is dropped answers 500) {
  begin();
  get("/");
  CAF_REQUIRE(has_pending());
  pending.clear();
  CAF_CHECK(hears("HTTP/1.1 500 "));
}

CAF_TEST(only the first answer counts) {
  begin();
  get("/");
  CAF_REQUIRE(has_pending());
  pending[0]->respond({.body = "first"});
  pending[0]->respond({.body = "second"});
  pending.clear();
  CAF_CHECK(hears("first"));
  pump();
  CAF_CHECK(client->received().find("second") == std::string::npos);
}

CAF_TEST(HEAD gets no body) {
  echo_targets();
  begin();
  client->send("HEAD /x HTTP/1.1\r\nHost: x\r\n\r\n");
  CAF_CHECK(hears("Content-Length: 4\r\n"));
  CAF_CHECK(client->received().find("</x>") == std::string::npos);
}

CAF_TEST(a client that asks to close is obeyed) {
  echo_targets();
  begin();
  client->send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CAF_CHECK(hears("Connection: close\r\n"));
  CAF_CHECK(pump_until([&] { return client->is_over(); }));
  client->close();
  CAF_CHECK(is_gone());
}

CAF_TEST(a refusal reaches a client that is still sending) {
  begin();
  client->send(
    "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n");
  std::thread sender{[&] { client->send(std::string(2'000'000, 'x')); }};
  CAF_CHECK(pump_until([&] { return loop().sessions().size() == 1; }));
  auto over = false;
  CAF_CHECK(pump_until([&] {
    if (sender.joinable())
      over = over || client->is_over();
    return over;
  }));
  sender.join();
  CAF_CHECK(client->received().starts_with("HTTP/1.1 413 "));
  CAF_CHECK(!client->is_reset());
}

CAF_TEST(a client that ends its stream behind the request is answered) {
  begin();
  get("/");
  client->shutdown_send();
  CAF_REQUIRE(has_pending());
  std::exchange(pending, {}).front()->respond({.body = "still there"});
  CAF_CHECK(hears("still there"));
  CAF_CHECK(is_gone());
}

CAF_TEST(a body is announced with 100) {
  begin();
  client->send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
               "Expect: 100-continue\r\n\r\n");
  CAF_CHECK(hears("HTTP/1.1 100 Continue\r\n\r\n"));
  client->send("ab");
  CAF_REQUIRE(has_pending());
  CAF_CHECK_EQUAL(pending[0]->request().body, "ab");
}

CAF_TEST(a body is not read from a client that may not send it) {
  begin();
  client->send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n"
               "X-API-Key: wrong\r\nExpect: 100-continue\r\n\r\n");
  CAF_CHECK(hears("HTTP/1.1 401 "));
  CAF_CHECK(client->received().find("100 Continue") == std::string::npos);
  CAF_CHECK(pending.empty());
}

CAF_TEST(the oldest unfinished body is cut when they are too many) {
  input_memory = 1'000'000;
  const auto half =
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
    + std::string(400'000, 'x');
  begin();
  client->send(half);
  pump_until([&] { return loop().inputs().bytes() > 400'000; });
  auto [second, accepted] = connect();
  http_connection::start(loop(), {std::move(accepted), "192.0.2.8", 80}, *this);
  second.send(half);
  CAF_CHECK(pump_until([&] { return loop().inputs().bytes() > 800'000; }));
  CAF_CHECK(client->received().empty());
  second.send(std::string(400'000, 'x'));
  CAF_CHECK(hears("HTTP/1.1 408 "));
  CAF_CHECK(second.received().empty());
  second.send(std::string(200'000, 'x'));
  CAF_CHECK(has_pending());
  CAF_CHECK(loop().inputs().bytes() == 0u);
  CAF_CHECK_EQUAL(loop().meters().refusals.input_memory, 1u);
}

CAF_TEST(a trusted proxy tells the address of its client) {
  client_gate gate{{parse_range("192.0.2.7").value()}, true, {}};
  loop().count_in(gate.book());
  auto [proxy, accepted] = connect();
  http_connection::start(loop(), {std::move(accepted), "192.0.2.7", 80, &gate},
                         *this);
  proxy.send("PROXY TCP4 203.0.113.9 127.0.0.1 ");
  pump();
  proxy.send("4711 80\r\nGET /x HTTP/1.1\r\nHost: x\r\n"
             "X-Forwarded-For: 198.51.100.1\r\n\r\n");
  CAF_REQUIRE(has_pending());
  CAF_CHECK_EQUAL(pending[0]->request().remote_address, "203.0.113.9");
  CAF_CHECK(pending[0]->request().is_address_told);
  CAF_CHECK(pending[0]->request().is_counted);
  CAF_CHECK_EQUAL(gate.book().size(), 1u);
  pending.clear();
  pump();
  loop().sessions().abort_all();
}

CAF_TEST(fields of other peers tell nothing) {
  client_gate gate{{parse_range("192.0.2.7").value()}, false, {}};
  for (const auto* peer : {"192.0.2.7", "192.0.2.8"}) {
    auto [end, accepted] = connect();
    http_connection::start(loop(), {std::move(accepted), peer, 80, &gate},
                           *this);
    end.send("GET /x HTTP/1.1\r\nHost: x\r\n"
             "X-Forwarded-For: 198.51.100.1\r\n\r\n");
    CAF_REQUIRE(has_pending());
    const auto exchange = std::exchange(pending, {}).front();
    const auto is_proxy = peer == std::string{"192.0.2.7"};
    CAF_CHECK_EQUAL(exchange->request().remote_address,
                    is_proxy ? "198.51.100.1" : peer);
    CAF_CHECK_EQUAL(exchange->request().is_address_told, is_proxy);
    CAF_CHECK_EQUAL(exchange->request().is_counted, !is_proxy);
  }
}

CAF_TEST(a silent client is cut at the deadline) {
  begin();
  advance(limits.handshake_timeout);
  CAF_CHECK(is_gone());
}

CAF_TEST(a client that takes long to read an answer is not cut) {
  for (const auto closes : {false, true}) {
    begin(16 * 1024);
    get("/");
    CAF_REQUIRE(has_pending());
    http_response answer;
    answer.body = std::string(5'000'000, 'x');
    answer.close = closes;
    std::exchange(pending, {}).front()->respond(answer);
    pump();
    for (int i = 0; i < 4; ++i) {
      const auto before = client->received().size();
      CAF_CHECK(pump_until([&] { return client->received().size() > before; }));
      advance(closes ? limits.linger_timeout : limits.keep_alive);
      CAF_CHECK_EQUAL(loop().sessions().size(), 1u);
    }
    CAF_CHECK(pump_until(
      [&] { return client->received().size() > answer.body.size(); }));
    client->close();
    CAF_CHECK(is_gone());
  }
}

CAF_TEST(a client that does not read an answer is cut) {
  begin();
  get("/");
  CAF_REQUIRE(has_pending());
  http_response answer;
  answer.body = std::string(20'000'000, 'x');
  std::exchange(pending, {}).front()->respond(answer);
  pump();
  advance(limits.keep_alive);
  pump();
  advance(limits.keep_alive);
  CAF_CHECK(is_gone());
}

CAF_TEST(a client that dribbles is cut at the same deadline) {
  begin();
  for (int i = 0; i < 7; ++i) {
    client->send("G");
    advance(1s);
  }
  CAF_CHECK_EQUAL(loop().sessions().size(), 1u);
  advance(1s);
  CAF_CHECK(hears("the request did not arrive in time\n"));
  CAF_CHECK(client->received().starts_with("HTTP/1.1 408 "));
  advance(limits.linger_timeout);
  CAF_CHECK(is_gone());
}

CAF_TEST(the connection of a request in the older version ends) {
  echo_targets();
  begin();
  client->send("GET /ready HTTP/1.0\r\n\r\n");
  CAF_CHECK(hears("</ready>"));
  CAF_CHECK(client->received().find("Connection: close\r\n")
            != std::string::npos);
  CAF_CHECK(pump_until([&] { return client->is_over(); }));
}

CAF_TEST(an answered client may stay a while and then say more) {
  echo_targets();
  begin();
  get("/1");
  CAF_CHECK(hears("</1>"));
  advance(50s);
  client->send("GET /2");
  advance(1s);
  client->send(" HTTP/1.1\r\nHost: x\r\n\r\n");
  CAF_CHECK(hears("</2>"));
  advance(limits.keep_alive);
  CAF_CHECK(is_gone());
}

CAF_TEST(a pending request has no deadline here) {
  begin();
  get("/");
  CAF_REQUIRE(has_pending());
  advance(10min);
  std::exchange(pending, {}).front()->respond({.body = "late"});
  CAF_CHECK(hears("late"));
}

CAF_TEST(a session takes the socket and the bytes after the request) {
  std::unique_ptr<accepted_client> taken;
  answer = [&](http_exchange& exchange) { taken = exchange.take(); };
  begin();
  client->send("GET /ws HTTP/1.1\r\nHost: x\r\n\r\nbehind");
  CAF_REQUIRE(pump_until([&] { return taken != nullptr; }));
  CAF_CHECK_EQUAL(taken->request.target, "/ws");
  CAF_CHECK_EQUAL(taken->rest, "behind");
  CAF_CHECK(taken->socket.is_open());
  CAF_CHECK_EQUAL(loop().sessions().size(), 0u);
}

CAF_TEST(an idle client is sent away by a drain and a busy one answered) {
  begin();
  auto idle = std::move(client);
  begin();
  get("/");
  CAF_REQUIRE(has_pending());
  loop().sessions().pause_reading();
  loop().sessions().close_all(close_reason::going_away);
  CAF_CHECK(pump_until([&] { return idle->is_over(); }));
  std::exchange(pending, {}).front()->respond({.body = "accepted before"});
  CAF_CHECK(hears("accepted before"));
  CAF_CHECK(hears("Connection: close\r\n"));
  CAF_CHECK(pump_until([&] { return client->is_over(); }));
}

CAF_TEST(a reset ends a client whose request is pending) {
  begin();
  get("/");
  CAF_REQUIRE(has_pending());
  client->reset();
  CAF_CHECK(is_gone());
  std::exchange(pending, {}).front()->respond({.body = "nobody listens"});
  pump();
}

CAF_TEST(a client may be gone before it is answered) {
  begin();
  get("/");
  CAF_REQUIRE(has_pending());
  client->reset();
  loop().sessions().abort_all();
  std::exchange(pending, {}).front()->respond({.body = "nobody listens"});
  pump();
  CAF_CHECK(is_gone());
}

CAF_TEST_FIXTURE_SCOPE_END()
