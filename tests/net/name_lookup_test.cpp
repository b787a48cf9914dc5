#define CAF_SUITE name_lookup

#include "net/http_client.hpp"
#include "tests/net/support/net_fixture.hpp"
#include "tests/net/support/scripted_server.hpp"

#include <caf/test/unit_test.hpp>

#include <netdb.h>

using namespace rookery;
using namespace rookery::test;

namespace {

/// Returns true if this machine has a hosts file, or a name server that makes
/// up for it.
bool knows_localhost() {
  ::addrinfo* found = nullptr;
  if (::getaddrinfo("localhost", nullptr, nullptr, &found) != 0)
    return false;
  ::freeaddrinfo(found);
  return true;
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(name_lookup_tests, net_fixture)

CAF_TEST(the name of a backend is resolved) {
  if (!knows_localhost()) {
    CAF_MESSAGE("skipped: localhost is in no hosts file");
    return;
  }
  scripted_server server;
  http_url url;
  url.host = "localhost";
  url.port = server.port();
  http_client client{loop(), url, {}};
  auto is_answered = false;
  client.ask("{}", {}, [&](const backend_result& result) {
    is_answered = std::holds_alternative<backend_answer>(result);
  });
  CAF_REQUIRE(pump_until([&] {
    return !server.look().empty() && server.look()[0].received.ends_with("{}");
  }));
  server.answer(0, "x");
  CAF_CHECK(pump_until([&] { return is_answered; }));
  client.stop();
  pump();
}

CAF_TEST_FIXTURE_SCOPE_END()
