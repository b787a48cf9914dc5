#define CAF_SUITE node_drain

#include "cluster/admin/node_drain.hpp"
#include "tests/actors/support/coordinator_unit.hpp"

#include <caf/test/dsl.hpp>

#include <algorithm>
#include <vector>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

using verb = drain_command::verb;

/// A loop with that many clients.
loop_commands_actor::behavior_type loop_with(loop_commands_actor::pointer,
                                             std::uint32_t* clients) {
  return {
    [](const loop_query&) { return loop_part{clients_reached{}}; },
    [=](const client_ending& what) {
      CAF_CHECK(what.reason == close_reason::going_away);
      const auto ended = std::min(what.count, *clients);
      *clients -= ended;
      return clients_ended{ended, false};
    },
    [](inspect_atom) { return snapshot{}; },
  };
}

struct fixture : test_coordinator_fixture<caf::actor_system_config> {
  fixture() {
    drain =
      spawn_pinned<node_drain>(sys, unit, gate,
                               std::vector{actor_ref<loop_commands_actor>{one},
                                           actor_ref<loop_commands_actor>{two}})
        .handle();
    sched.run();
  }

  ~fixture() override {
    for (const auto& each : {one, two})
      caf::anon_send_exit(each, caf::exit_reason::kill);
    caf::anon_send_exit(drain, caf::exit_reason::kill);
    sched.run();
  }

  drain_report tell(verb what, std::uint32_t rate = 0) {
    auto pending =
      self->request(drain, caf::infinite, drain_command{what, rate});
    sched.run();
    drain_report result;
    pending.receive([&](const drain_report& report) { result = report; },
                    [](const caf::error&) { CAF_FAIL("no report"); });
    return result;
  }

  /// In the steps in which the drain works.
  void pass(std::chrono::milliseconds time) {
    for (auto left = time; left > 0ms; left -= node_drain::interval) {
      sched.clock().advance_time(node_drain::interval);
      sched.run();
    }
  }

  std::uint32_t clients() const { return first + second; }

  std::uint32_t first = 100;
  std::uint32_t second = 100;
  drain_gate gate;
  coordinator_unit unit{sys};
  loop_commands_actor one = sys.spawn(loop_with, &first);
  loop_commands_actor two = sys.spawn(loop_with, &second);
  drain_actor drain;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(node_drain_tests, fixture)

CAF_TEST(clients of all loops go at the rate that was asked for) {
  CAF_CHECK(tell(verb::start, 50).state == drain_state::running);
  CAF_CHECK(gate.is_closed());
  pass(1s);
  CAF_CHECK_EQUAL(clients(), 150u);
  CAF_CHECK_EQUAL(first, 75u);
  CAF_CHECK_EQUAL(tell(verb::look).closed, 50u);
  pass(4s);
  CAF_CHECK_EQUAL(clients(), 0u);
  CAF_CHECK(tell(verb::look).state == drain_state::done);
  CAF_CHECK_EQUAL(tell(verb::look).closed, 200u);
  CAF_CHECK(gate.is_closed());
}

CAF_TEST(a rate below one client a step reaches every loop) {
  tell(verb::start, 2);
  pass(10s);
  CAF_CHECK_EQUAL(clients(), 180u);
  CAF_CHECK_EQUAL(first, 90u);
}

CAF_TEST(a pause keeps the rest of the clients and the gate closed) {
  tell(verb::start, 50);
  pass(1s);
  CAF_CHECK(tell(verb::pause).state == drain_state::paused);
  pass(5s);
  CAF_CHECK_EQUAL(clients(), 150u);
  CAF_CHECK(gate.is_closed());
  CAF_CHECK(tell(verb::resume).state == drain_state::running);
  pass(1s);
  CAF_CHECK_EQUAL(clients(), 100u);
}

CAF_TEST(a cancelled drain opens the gate and may begin anew) {
  tell(verb::start, 50);
  pass(1s);
  CAF_CHECK(tell(verb::cancel).state == drain_state::off);
  CAF_CHECK(!gate.is_closed());
  pass(1s);
  CAF_CHECK_EQUAL(clients(), 150u);
  CAF_CHECK_EQUAL(tell(verb::start, 10).closed, 0u);
  pass(1s);
  CAF_CHECK_EQUAL(clients(), 140u);
}

CAF_TEST(the rate may change on the way) {
  tell(verb::start, 10);
  pass(1s);
  CAF_CHECK_EQUAL(tell(verb::start, 100).closed, 10u);
  pass(1s);
  CAF_CHECK_EQUAL(clients(), 90u);
}

CAF_TEST(a drain cannot be paused or resumed before it begins) {
  CAF_CHECK(tell(verb::pause).state == drain_state::off);
  CAF_CHECK(tell(verb::resume).state == drain_state::off);
  CAF_CHECK(!gate.is_closed());
}

CAF_TEST_FIXTURE_SCOPE_END()
