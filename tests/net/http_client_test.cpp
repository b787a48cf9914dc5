#define CAF_SUITE http_client
#include "net/http_client.hpp"
#include "tests/net/support/net_fixture.hpp"
#include "tests/net/support/scripted_server.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

struct fixture : net_fixture {
  ~fixture() {
    if (client_)
      client_->stop();
    pump();
  }

  http_client& client() {
    if (!client_) {
      http_url url;
      url.host = host;
      url.port = server.port();
      url.authority = "backend:1";
      url.target = "/hook?x=1";
      client_ = std::make_unique<http_client>(loop(), url, client_limits);
    }
    return *client_;
  }

  bool ask(std::string_view body, std::vector<backend_field> fields = {}) {
    return client().ask(body, fields, [this](backend_result result) {
      if (const auto* answer = std::get_if<backend_answer>(&result))
        results.push_back(std::to_string(answer->status) + " " + answer->body);
      else
        results.emplace_back(to_string(std::get<backend_failure>(result)));
      if (on_result)
        on_result();
    });
  }

  /// Returns true if that many requests have come, over all connections.
  bool is_asked(std::size_t count) {
    return pump_until([&] { return requests() == count; });
  }

  std::size_t requests() {
    std::size_t sum = 0;
    for (const auto& each : server.look())
      for (auto at = each.received.find("POST "); at != std::string::npos;
           at = each.received.find("POST ", at + 1))
        ++sum;
    return sum;
  }

  bool has(std::vector<std::string> wanted) {
    return pump_until([&] { return results.size() >= wanted.size(); })
           && results == wanted;
  }

  bool is_over(std::size_t connection) {
    return pump_until([&] { return server.look()[connection].is_over; });
  }

  scripted_server server;
  std::string host = "127.0.0.1";
  http_client_limits client_limits;
  std::vector<std::string> results;
  std::function<void()> on_result;
  std::unique_ptr<http_client> client_;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(http_client_tests, fixture)

CAF_TEST(a request is posted as JSON with its fields) {
  CAF_CHECK(ask("{}", {{"Cookie", "a=b"}}));
  CAF_REQUIRE(is_asked(1));
  CAF_CHECK_EQUAL(server.look()[0].received,
                  "POST /hook?x=1 HTTP/1.1\r\nHost: backend:1\r\n"
                  "Content-Type: application/json\r\nContent-Length: 2\r\n"
                  "Cookie: a=b\r\n\r\n{}");
  CAF_CHECK(results.empty());
  server.answer(0, "{\"result\":{}}");
  CAF_CHECK(has({"200 {\"result\":{}}"}));
}

CAF_TEST(fields that would break the request are left out) {
  ask("{}", {{"X-A", "1\r\nX-B: 2"}, {"X C", "3"}, {"", "4"}, {"X-D", "5"}});
  CAF_REQUIRE(is_asked(1));
  const auto& request = server.look()[0].received;
  CAF_CHECK(request.ends_with("Length: 2\r\nX-D: 5\r\n\r\n{}"));
}

CAF_TEST(a name that nobody has makes the backend unreachable) {
  host = "nobody.invalid";
  ask("{}");
  CAF_CHECK(has({"unreachable"}));
}

CAF_TEST(a connection is used again) {
  ask("1");
  CAF_REQUIRE(is_asked(1));
  server.answer(0, "one");
  CAF_REQUIRE(has({"200 one"}));
  ask("2");
  CAF_REQUIRE(is_asked(2));
  server.answer(0, "two");
  CAF_CHECK(has({"200 one", "200 two"}));
  CAF_CHECK_EQUAL(server.look().size(), 1u);
}

CAF_TEST(an answer may come in any pieces) {
  ask("1");
  CAF_REQUIRE(is_asked(1));
  for (const char c : std::string_view{
         "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403 No\r\n"
         "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n"
         "\r\n"}) {
    server.send(0, {&c, 1});
    loop().context().restart();
    loop().context().run_one_for(1ms);
  }
  CAF_CHECK(has({"403 abcde"}));
}

CAF_TEST(an answer without a length ends with its connection) {
  ask("1");
  CAF_REQUIRE(is_asked(1));
  server.send(0, "HTTP/1.1 200 OK\r\n\r\nall there is");
  server.close(0);
  CAF_CHECK(has({"200 all there is"}));
  ask("2");
  CAF_REQUIRE(is_asked(2));
  CAF_CHECK_EQUAL(server.look().size(), 2u);
}

CAF_TEST(a server that wants the connection closed gets it closed) {
  ask("1");
  CAF_REQUIRE(is_asked(1));
  server.answer(0, "x", "Connection: close\r\n");
  CAF_CHECK(has({"200 x"}));
  CAF_CHECK(is_over(0));
}

CAF_TEST(a server that keeps connections for a second is not trusted) {
  ask("1");
  CAF_REQUIRE(is_asked(1));
  server.answer(0, "x", "Keep-Alive: timeout=1\r\n");
  CAF_CHECK(has({"200 x"}));
  CAF_CHECK(is_over(0));
}

CAF_TEST(an idle connection is given up soon) {
  ask("1");
  CAF_REQUIRE(is_asked(1));
  server.answer(0, "x", "Keep-Alive: timeout=5\r\n");
  CAF_REQUIRE(has({"200 x"}));
  CAF_CHECK(!server.look()[0].is_over);
  advance(1s);
  CAF_CHECK(is_over(0));
  ask("2");
  CAF_CHECK(is_asked(2));
}

CAF_TEST(a connection that the server has ended is not used) {
  ask("1");
  CAF_REQUIRE(is_asked(1));
  server.answer(0, "x");
  CAF_REQUIRE(has({"200 x"}));
  server.close(0);
  ask("2");
  CAF_REQUIRE(is_asked(2));
  server.answer(1, "y");
  CAF_CHECK(has({"200 x", "200 y"}));
}

CAF_TEST(bytes that a server sends unasked spoil its connection) {
  ask("1");
  CAF_REQUIRE(is_asked(1));
  server.answer(0, "x");
  CAF_REQUIRE(has({"200 x"}));
  server.answer(0, "for nobody");
  ask("2");
  CAF_REQUIRE(is_asked(2));
  CAF_CHECK_EQUAL(server.look().size(), 2u);
}

CAF_TEST(a request that may have been seen is not sent again) {
  ask("1");
  CAF_REQUIRE(is_asked(1));
  server.close(0);
  CAF_CHECK(has({"unreachable"}));
  CAF_CHECK_EQUAL(server.look().size(), 1u);
}

CAF_TEST(a backend without a listener is unreachable) {
  client();
  server.stop_listening();
  CAF_CHECK(ask("1"));
  CAF_CHECK(results.empty());
  CAF_CHECK(has({"unreachable"}));
}

CAF_TEST(a silent server is given up in time) {
  ask("1");
  CAF_REQUIRE(is_asked(1));
  server.send(0, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab");
  advance(1s);
  CAF_CHECK(results.empty());
  advance(250ms);
  CAF_CHECK(has({"timeout"}));
  CAF_CHECK(is_over(0));
}

CAF_TEST(nonsense is a bad response) {
  ask("1");
  CAF_REQUIRE(is_asked(1));
  server.send(0, "SSH-2.0-OpenSSH\r\n");
  CAF_CHECK(has({"bad_response"}));
  CAF_CHECK(is_over(0));
}

CAF_TEST(an answer that is too large is a bad response) {
  client_limits.max_body = 3;
  ask("1");
  CAF_REQUIRE(is_asked(1));
  server.answer(0, "four");
  CAF_CHECK(has({"bad_response"}));
}

CAF_TEST(no more requests are on their way than allowed) {
  client_limits.concurrency = 2;
  client_limits.queue = 2;
  for (const auto* body : {"1", "2", "3", "4"})
    CAF_CHECK(ask(body));
  CAF_CHECK(!ask("5"));
  CAF_CHECK_EQUAL(client().pending(), 4u);
  CAF_REQUIRE(is_asked(2));
  server.answer(0, "x");
  CAF_REQUIRE(is_asked(3));
  CAF_CHECK(ask("6"));
  CAF_CHECK(!ask("7"));
  CAF_CHECK_EQUAL(server.look().size(), 2u);
  CAF_CHECK(has({"200 x"}));
}

CAF_TEST(a request that waits for too long is given up) {
  client_limits.concurrency = 1;
  ask("1");
  ask("2");
  CAF_REQUIRE(is_asked(1));
  advance(1250ms);
  CAF_CHECK(has({"timeout", "timeout"}));
  CAF_CHECK_EQUAL(client().pending(), 0u);
}

CAF_TEST(the receiver of a result may ask at once) {
  client_limits.concurrency = 1;
  client_limits.queue = 0;
  on_result = [&] {
    on_result = nullptr;
    CAF_CHECK(ask("2"));
  };
  ask("1");
  CAF_REQUIRE(is_asked(1));
  server.answer(0, "x");
  CAF_CHECK(is_asked(2));
  CAF_CHECK_EQUAL(server.look().size(), 1u);
}

CAF_TEST(a stop ends requests under way) {
  client_limits.concurrency = 1;
  ask("1");
  ask("2");
  CAF_REQUIRE(is_asked(1));
  client().stop();
  CAF_CHECK(has({"stopped", "stopped"}));
  CAF_CHECK(is_over(0));
  CAF_CHECK(!ask("3"));
}

CAF_TEST(a client may go while it connects) {
  host = "localhost";
  ask("1");
  client().stop();
  client_.reset();
  pump();
  CAF_CHECK(has({"stopped"}));
}

CAF_TEST(a client may go while its requests are under way) {
  client_limits.concurrency = 1;
  ask("1");
  ask("2");
  CAF_REQUIRE(is_asked(1));
  client_.reset();
  server.answer(0, "late");
  pump();
  advance(2 * client_limits.timeout);
  CAF_CHECK(is_over(0));
  CAF_CHECK(results.empty());
}

CAF_TEST_FIXTURE_SCOPE_END()
