#define CAF_SUITE fan_out_cost

#include "actors/channel/bus_access.hpp"
#include "actors/channel/channel_table.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/client/loop_services.hpp"
#include "actors/plain/plain_connection.hpp"
#include "cluster/memory/local_bus.hpp"
#include "cluster/shared/connection.hpp"
#include "net/websocket_session.hpp"
#include "tests/net/support/net_fixture.hpp"
#include "tests/net/support/recording_session.hpp"
#include "tests/net/support/upgrade_request.hpp"
#include "tests/support/call_counter.hpp"

#include <boost/asio/defer.hpp>
#include <boost/asio/post.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/test/unit_test.hpp>

#include <optional>

using namespace rookery;
using namespace rookery::test;

namespace {

/// The whole way out on one loop: bus, channel actor, connections, sockets.
struct fixture : net_fixture {
  fixture() { home.enter_thread(); }

  ~fixture() {
    loop().sessions().abort_all();
    pump();
    caf::anon_send_exit(bus.handle(), caf::exit_reason::kill);
    home.run_turn();
    home.leave_thread();
  }

  void join(std::size_t count) {
    while (clients.size() < count) {
      auto [client, accepted] = connect();
      start_connection<plain_connection, websocket_session>(
        home, services, plain_request{"lobby", plain_form::websocket, ""},
        std::make_unique<accepted_client>(loop(), std::move(accepted),
                                          upgrade_request(), ""));
      CAF_REQUIRE(pump_until(
        [&client = client] { return client.received().size() > 100; }));
      client.forget();
      clients.push_back(std::move(client));
    }
  }

  /// The cost of one turn in which the bus publishes `count` times.
  call_counts turn(int count) {
    const auto what = publication::make("lobby", "hello", payload_kind::text);
    std::optional<call_counts> result;
    boost::asio::post(loop().context(), [&] {
      begin_counting();
      for (int i = 0; i < count; ++i)
        tell({}, bus, publish_command{what, 0, acknowledge::on_problem, {}});
      // Runs after the flush, which the first delivery has requested.
      boost::asio::defer(loop().context(), [&] { result = end_counting(); });
    });
    pump();
    CAF_REQUIRE(result.has_value());
    for (auto& client : clients) {
      CAF_CHECK(pump_until(
        [&] { return client.received().size() == count * std::size_t{7}; }));
      client.forget();
    }
    return *result;
  }

  void warm_up(int count) {
    turn(count);
    turn(count);
  }

  caf::actor_system_config config;
  caf::actor_system system{config};
  rookery::loop home{system, net_fixture::loop(), 0};
  actor_ref<bus_actor> bus = spawn_bus<local_bus>(system, home);
  bus_directory buses{{bus}};
  namespaces names;
  channel_table channels{home, buses, names};
  bus_access access{buses, names};
  client_credits credits{{}, [] {}};
  loop_services services{home, channels, access, credits};
  std::vector<raw_client> clients;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(fan_out_cost_tests, fixture)

CAF_TEST(a publication costs one sendmsg per member and nothing else) {
  join(40);
  warm_up(1);
  const auto few = turn(1);
  join(120);
  warm_up(1);
  const auto many = turn(1);
  CAF_CHECK_EQUAL(few.sends, 40);
  CAF_CHECK_EQUAL(many.sends, 120);
  // Encoding costs one allocation per publication, for any number of members.
  CAF_CHECK(few.allocations > 0);
  CAF_CHECK_EQUAL(many.allocations, few.allocations);
  CAF_CHECK_EQUAL(many.locks, few.locks);
  CAF_CHECK_EQUAL(many.waits, few.waits);
}

CAF_TEST(publications of one turn leave together) {
  join(10);
  warm_up(16);
  CAF_CHECK_EQUAL(turn(16).sends, 10);
}

CAF_TEST_FIXTURE_SCOPE_END()
