#define CAF_SUITE delivery_cost
#include "tests/net/support/websocket_fixture.hpp"
#include "tests/support/call_counter.hpp"

#include <boost/asio/defer.hpp>
#include <boost/asio/post.hpp>
#include <caf/test/unit_test.hpp>

#include <optional>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

struct fixture : net_fixture {
  fixture() {
    // Another process may interrupt the turn.
    limits.flush_share = 1min;
  }

  ~fixture() {
    members.clear();
    loop().sessions().abort_all();
    pump();
  }

  void join(std::size_t count) {
    while (members.size() < count) {
      auto [client, accepted] = connect();
      members.push_back(open_websocket(*this, client, std::move(accepted)));
      clients.push_back(std::move(client));
    }
  }

  /// The cost of one turn that delivers `frames` frames to every member.
  call_counts turn(int frames) {
    std::optional<call_counts> result;
    const auto bytes = encode_websocket(payload_kind::text, "hello");
    boost::asio::post(loop().context(), [&] {
      begin_counting();
      for (int i = 0; i < frames; ++i)
        for (auto& member : members)
          member->deliver(bytes);
      // Runs after the flush, which the first delivery has requested.
      boost::asio::defer(loop().context(), [&] { result = end_counting(); });
    });
    pump();
    CAF_REQUIRE(result.has_value());
    for (auto& client : clients)
      CAF_REQUIRE(pump_until([&] { return !client.received().empty(); }));
    for (auto& client : clients)
      client.forget();
    return *result;
  }

  /// The flush list uses two vectors in turn; each grows once.
  void warm_up(int frames) {
    turn(frames);
    turn(frames);
  }

  std::vector<raw_client> clients;
  std::vector<websocket_ptr> members;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(delivery_cost_tests, fixture)

CAF_TEST(a turn costs one sendmsg per member and nothing else per delivery) {
  join(50);
  warm_up(1);
  const auto few = turn(1);
  join(100);
  warm_up(1);
  const auto many = turn(1);
  CAF_CHECK_EQUAL(few.sends, 50);
  CAF_CHECK_EQUAL(many.sends, 100);
  CAF_CHECK_EQUAL(few.allocations, 0);
  CAF_CHECK_EQUAL(many.allocations, 0);
  // The loop's own cost of a turn does not grow with the members.
  CAF_CHECK(few.locks > 0);
  CAF_CHECK_EQUAL(many.locks, few.locks);
  CAF_CHECK_EQUAL(many.waits, few.waits);
}

CAF_TEST(many frames of a turn leave together) {
  join(10);
  warm_up(30);
  const auto once = turn(30);
  CAF_CHECK_EQUAL(once.sends, 10);
  CAF_CHECK_EQUAL(once.allocations, 0);
  CAF_CHECK_EQUAL(turn(64).sends, 10);
  CAF_CHECK_EQUAL(turn(65).sends, 20);
}

CAF_TEST_FIXTURE_SCOPE_END()
