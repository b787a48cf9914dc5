#define CAF_SUITE front_service

#include "actors/channel/namespaces.hpp"
#include "actors/runtime/wall_clock.hpp"
#include "cluster/node/front_service.hpp"
#include "cluster/node/protocols.hpp"
#include "net/accepted_client.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

/// An exchange without a client.
class lone_exchange final : public http_exchange {
public:
  lone_exchange(http_request asked, io_loop& home, http_response& answer)
    : asked_{std::move(asked)}, home_{home}, answer_{answer} {}

  const http_request& request() const noexcept override { return asked_; }

  io_loop& loop() noexcept override { return home_; }

  void respond(http_response response) override { answer_ = response; }

  std::unique_ptr<accepted_client> take() override { std::abort(); }

private:
  http_request asked_;
  io_loop& home_;
  http_response& answer_;
};

struct fixture {
  // Of a protocol that is off there is only the path.
  fixture() { config.centrifuge.enabled = false; }

  http_response ask(std::string method, std::string target,
                    std::vector<http_field> fields = {}) {
    http_response answer;
    http_request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.fields = std::move(fields);
    request.fields.push_back({"Host", "x"});
    home.starters.clear();
    home.speak(all_protocols(), {config, names, nullptr, clock});
    front_service service{config, all_protocols(), {&home},   health,
                          gate,   peers,           "the page"};
    service.handle(std::make_shared<lone_exchange>(request, home.io, answer));
    return answer;
  }

  unsigned status(std::string method, std::string target,
                  std::vector<http_field> fields = {}) {
    return ask(std::move(method), std::move(target), std::move(fields)).status;
  }

  settings config;
  namespaces names;
  system_wall_clock clock;
  bus_health health;
  drain_gate gate;
  client_gate peers{{}, false, {}};
  caf::actor_system_config actors;
  caf::actor_system system{actors};
  session_limits limits;
  memory_budget budget{1 << 20, 1};
  node_loop home{system, 0, limits, budget, client_credits::limits{}};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(front_service_tests, fixture)

CAF_TEST(beyond loopback publishing is closed until a key is set) {
  config.listen.address = {"127.0.0.1", "0.0.0.0"};
  config.node.insecure = true;
  const auto closed = ask("POST", "/pub/news");
  CAF_CHECK_EQUAL(closed.status, 403u);
  CAF_CHECK(closed.body.find("api.key") != std::string::npos);
  config.api.key = "secret";
  CAF_CHECK_EQUAL(status("POST", "/pub/news"), 401u);
}

CAF_TEST(a node that is being drained takes no clients and is not ready) {
  health.set_ready(true);
  CAF_CHECK_EQUAL(status("GET", "/ready"), 200u);
  gate.set_closed(true);
  CAF_CHECK_EQUAL(status("GET", "/ready"), 503u);
  CAF_CHECK_EQUAL(status("GET", "/health"), 200u);
  for (const auto* path : {"/ws/a", "/sse/a", "/connection/websocket"})
    CAF_CHECK_EQUAL(status("GET", path), 503u);
}

CAF_TEST(the server API is closed without a key) {
  CAF_CHECK_EQUAL(status("POST", "/api/info"), 403u);
  config.api.key = "secret";
  CAF_CHECK_EQUAL(status("POST", "/api/info"), 401u);
  CAF_CHECK_EQUAL(status("POST", "/api/info", {{"Authorization", "apikey x"}}),
                  401u);
  const http_field key{"Authorization", "apikey secret"};
  CAF_CHECK_EQUAL(status("GET", "/api/info", {key}), 405u);
  CAF_CHECK_EQUAL(status("POST", "/api/nothing", {key}), 404u);
}

CAF_TEST(a key must be the right one) {
  config.api.key = "secret";
  for (const auto* wrong : {"", "secre", "secret2", "Secret"}) {
    CAF_CHECK_EQUAL(status("POST", "/pub/news", {{"X-API-Key", wrong}}), 401u);
    CAF_CHECK_EQUAL(status("POST", "/pub/news",
                           {{"Authorization", std::string{"Bearer "} + wrong}}),
                    401u);
  }
  // The key is right, the name is wrong: the next check refuses it.
  CAF_CHECK_EQUAL(status("POST", "/pub/__x", {{"X-API-Key", "secret"}}), 403u);
  CAF_CHECK_EQUAL(
    status("POST", "/pub/__x", {{"Authorization", "Bearer secret"}}), 403u);
}

CAF_TEST(channel names are judged before anything else happens) {
  for (const auto* prefix : {"/sse/", "/pub/"}) {
    const auto* method = prefix[1] == 's' ? "GET" : "POST";
    const auto at = [&](std::string name) {
      return status(method, prefix + name);
    };
    CAF_CHECK_EQUAL(at(""), 400u);
    CAF_CHECK_EQUAL(at("%"), 400u);
    CAF_CHECK_EQUAL(at("%00"), 400u);
    CAF_CHECK_EQUAL(at("%ff"), 400u);
    CAF_CHECK_EQUAL(at(std::string(256, 'x')), 400u);
    CAF_CHECK_EQUAL(at("__rookery"), 403u);
    CAF_CHECK_EQUAL(at("a/b"), 404u);
  }
}

CAF_TEST(a malformed notice tag is refused) {
  for (const auto* tag : {"a-b", "", "%22"})
    CAF_CHECK_EQUAL(status("GET", std::string{"/sse/news?notices="} + tag),
                    400u);
}

CAF_TEST(readiness is that of the bus) {
  CAF_CHECK_EQUAL(status("GET", "/health"), 200u);
  CAF_CHECK_EQUAL(status("GET", "/ready"), 503u);
  health.set_ready(true);
  CAF_CHECK_EQUAL(status("GET", "/ready"), 200u);
  CAF_CHECK_EQUAL(status("POST", "/ready"), 405u);
}

CAF_TEST(surplus clients hear about the health of the node only) {
  front_service service{config, all_protocols(), {&home},   health,
                        gate,   peers,           "the page"};
  const auto status = [&](std::string target) {
    http_request request;
    request.method = "GET";
    request.target = std::move(target);
    return service.answer_surplus(request).status;
  };
  CAF_CHECK_EQUAL(status("/health"), 200u);
  CAF_CHECK_EQUAL(status("/ready"), 503u);
  health.set_ready(true);
  CAF_CHECK_EQUAL(status("/ready"), 200u);
  CAF_CHECK_EQUAL(status("/ws/chat"), 503u);
}

CAF_TEST(the demo page is there where it is on) {
  CAF_CHECK_EQUAL(status("GET", "/"), 404u);
  config.plain.demo = true;
  CAF_CHECK_EQUAL(ask("GET", "/").body, "the page");
}

CAF_TEST(a foreign origin is refused on every path) {
  config.listen.allowed_origins = {"https://example.org"};
  for (const auto* path : {"/health", "/ws/news", "/sse/news", "/nothing"})
    CAF_CHECK_EQUAL(status("GET", path, {{"Origin", "https://evil.example"}}),
                    403u);
  CAF_CHECK_EQUAL(status("GET", "/health", {{"Origin", "https://example.org"}}),
                  200u);
}

CAF_TEST_FIXTURE_SCOPE_END()
