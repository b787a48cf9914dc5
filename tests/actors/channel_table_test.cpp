#define CAF_SUITE channel_table

#include "actors/channel/channel_table.hpp"
#include "actors/channel/namespaces.hpp"
#include "tests/actors/support/fake_bus.hpp"
#include "tests/actors/support/loop_fixture.hpp"
#include "tests/actors/support/recording_member.hpp"

#include <stdexcept>

using namespace rookery;
using namespace rookery::test;

namespace {

struct fixture : loop_fixture {
  ~fixture() override {
    caf::anon_send_exit(bus, caf::exit_reason::kill);
    settle();
    CAF_CHECK_EQUAL(home.loop_actors().size(), 0u);
  }

  /// Publishes to the channel actor named in the last want.
  void publish(const actor_ref<subscriber_actor>& to, std::string_view data) {
    tell({}, to,
         delivery{publication::make("lobby", data, payload_kind::text), {}});
  }

  bus_actor bus = sys.spawn(fake_bus);
  bus_directory buses{{actor_ref<bus_actor>{bus}}};
  namespaces names;
  channel_table table{home, buses, names};
  recording_member ann;
  recording_member bob;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(channel_table_tests, fixture)

CAF_TEST(the first member wants the channel and the last unwants it) {
  const auto first = table.join("lobby", ann);
  expect((want), to(bus).with(want{"lobby", 3, 1, {}}));
  const auto second = table.join("lobby", bob);
  CAF_CHECK(!sched.has_job());
  table.leave(first);
  CAF_CHECK(!sched.has_job());
  table.leave(second);
  expect((unwant), to(bus).with(unwant{"lobby", 3, 1}));
  CAF_CHECK_EQUAL(table.size(), 0u);
}

CAF_TEST(a channel that comes back is wanted by a later generation) {
  table.leave(table.join("lobby", ann));
  expect((want), to(bus).with(want{"lobby", 3, 1, {}}));
  expect((unwant), to(bus).with(unwant{"lobby", 3, 1}));
  const auto place = table.join("lobby", ann);
  expect((want), to(bus).with(want{"lobby", 3, 2, {}}));
  table.leave(place);
}

CAF_TEST(join while a channel retires finds a new channel actor) {
  const auto first = table.join("lobby", ann);
  const auto old_actor = first->entry->actor;
  // The old channel cannot handle its retirement yet: a message is queued.
  caf::anon_send(old_actor.handle(), confirm_atom_v);
  table.leave(first);
  const auto second = table.join("lobby", bob);
  const auto new_actor = second->entry->actor;
  CAF_CHECK(old_actor.handle() != new_actor.handle());
  settle();
  tell({}, new_actor, confirm_atom_v);
  publish(new_actor, "hi");
  CAF_CHECK_EQUAL(bob.confirmations, 1);
  CAF_CHECK_EQUAL(bob.payloads, std::vector<std::string>{"hi"});
  CAF_CHECK_EQUAL(ann.confirmations, 0);
  table.leave(second);
}

CAF_TEST(a member may leave while its channel delivers) {
  const auto first = table.join("lobby", ann);
  const auto second = table.join("lobby", bob);
  const auto actor = first->entry->actor;
  ann.on_delivery = [&] {
    table.leave(first);
    table.leave(second);
  };
  publish(actor, "hi");
  CAF_CHECK_EQUAL(ann.payloads, std::vector<std::string>{"hi"});
  CAF_CHECK(bob.payloads.empty());
  CAF_CHECK_EQUAL(table.size(), 0u);
}

CAF_TEST(a member that throws is ended alone) {
  const auto first = table.join("lobby", ann);
  const auto second = table.join("lobby", bob);
  const auto lobby = first->entry->actor;
  ann.on_delivery = [] { throw std::runtime_error{"as told"}; };
  publish(lobby, "1");
  publish(lobby, "2");
  CAF_CHECK_EQUAL(ann.failures, std::vector<std::string>{"deliver: as told"});
  CAF_CHECK_EQUAL(bob.payloads, (std::vector<std::string>{"1", "2"}));
  table.leave(first);
  table.leave(second);
  CAF_CHECK_EQUAL(table.size(), 0u);
}

CAF_TEST_FIXTURE_SCOPE_END()
