#define CAF_SUITE channel

#include "actors/channel/channel.hpp"
#include "actors/channel/channel_table.hpp"
#include "tests/actors/support/loop_fixture.hpp"
#include "tests/actors/support/recording_member.hpp"

using namespace rookery;
using namespace rookery::test;

namespace {

delivery text(std::string_view data) {
  return {publication::make("lobby", data, payload_kind::text), {}};
}

struct fixture : loop_fixture {
  ~fixture() override { tell({}, lobby, retire_atom_v); }

  subscription_ptr join(member& newcomer) {
    subscription_ptr place{new subscription{newcomer, entry}};
    tell({}, lobby, join_atom_v, place);
    return place;
  }

  void leave(const subscription_ptr& place, leave_cause why = {}) {
    const auto id = place->to->facts().connection;
    place->to = nullptr;
    tell({}, lobby, departure{place, id, why});
  }

  void publish(const delivery& next) { tell({}, lobby, next); }

  actor_ref<channel_actor> lobby = channel::start(home, "lobby", nullptr);
  channel_entry entry;
  recording_member ann;
  recording_member bob;
};

using payloads = std::vector<std::string>;

} // namespace

CAF_TEST_FIXTURE_SCOPE(channel_tests, fixture)

CAF_TEST(a publication reaches every member once) {
  join(ann);
  join(bob);
  publish(text("hi"));
  CAF_CHECK_EQUAL(ann.payloads, payloads{"hi"});
  CAF_CHECK_EQUAL(bob.payloads, payloads{"hi"});
  CAF_CHECK(!sched.has_job());
}

CAF_TEST(all members share one encoded frame) {
  join(ann);
  join(bob);
  publish(text("hi"));
  CAF_CHECK(ann.last_frame == bob.last_frame);
  CAF_CHECK(ann.last_frame->bytes() == "\x81\x02hi");
}

CAF_TEST(publications keep their order) {
  join(ann);
  for (auto data : {"1", "2", "3"})
    publish(text(data));
  CAF_CHECK_EQUAL(ann.payloads, (payloads{"1", "2", "3"}));
}

CAF_TEST(a member that left hears nothing more) {
  const auto first = join(ann);
  join(bob);
  leave(first);
  publish(text("hi"));
  CAF_CHECK(ann.payloads.empty());
  CAF_CHECK_EQUAL(bob.payloads, payloads{"hi"});
}

CAF_TEST(members may leave in any order) {
  recording_member eve;
  const auto one = join(ann);
  const auto two = join(bob);
  const auto three = join(eve);
  leave(one);
  leave(three);
  publish(text("hi"));
  CAF_CHECK(ann.payloads.empty());
  CAF_CHECK(eve.payloads.empty());
  CAF_CHECK_EQUAL(bob.payloads, payloads{"hi"});
  leave(two);
  publish(text("again"));
  CAF_CHECK_EQUAL(bob.payloads, payloads{"hi"});
}

CAF_TEST(a member whose leave is still queued is not called) {
  const auto place = join(ann);
  place->to = nullptr;
  publish(text("hi"));
  CAF_CHECK(ann.payloads.empty());
}

CAF_TEST(members wait for the confirmation of the bus) {
  join(ann);
  CAF_CHECK_EQUAL(ann.confirmations, 0);
  tell({}, lobby, confirm_atom_v);
  CAF_CHECK_EQUAL(ann.confirmations, 1);
  join(bob);
  CAF_CHECK_EQUAL(bob.confirmations, 1);
  CAF_CHECK_EQUAL(ann.confirmations, 1);
}

CAF_TEST(a gap is told to every member) {
  join(ann);
  join(bob);
  tell({}, lobby, gapped{gap_reason::overflow});
  CAF_CHECK_EQUAL(ann.gaps.size(), 1u);
  CAF_CHECK_EQUAL(bob.gaps.size(), 1u);
  CAF_CHECK(bob.gaps.front() == gap_reason::overflow);
}

CAF_TEST(a retired channel quits) {
  self->monitor(lobby.handle());
  tell({}, lobby, retire_atom_v);
  expect((caf::down_msg), to(self));
}

CAF_TEST(inspect tells members and counters) {
  join(ann);
  join(bob);
  publish(text("hi"));
  auto asked = self->request(lobby.handle(), caf::infinite, inspect_atom_v);
  settle();
  snapshot seen;
  asked.receive([&](const snapshot& x) { seen = x; },
                [&](const caf::error& error) { CAF_FAIL(error); });
  CAF_CHECK_EQUAL(seen.kind, "channel");
  CAF_CHECK_EQUAL(seen.id, lobby.handle().id());
  CAF_REQUIRE(seen.channel);
  CAF_CHECK_EQUAL(seen.channel->members, 2u);
  CAF_CHECK_EQUAL(seen.channel->publications, 1u);
  CAF_CHECK_EQUAL(seen.channel->deliveries, 2u);
}

CAF_TEST_FIXTURE_SCOPE_END()
