#define CAF_SUITE fan_out

#include "cluster/bus/fan_out.hpp"
#include "tests/cluster/support/recording_channel.hpp"

#include <caf/test/dsl.hpp>

using namespace rookery;
using namespace rookery::test;

namespace {

struct fixture : test_coordinator_fixture<caf::actor_system_config> {
  ~fixture() override {
    for (const auto& each : actors)
      caf::anon_send_exit(each, caf::exit_reason::kill);
    kept.clear();
    run();
  }

  bool add(unsigned loop, std::uint64_t generation, channel_record& record,
           std::vector<delivery>* keep = nullptr) {
    const auto actor = spawn_recorder(sys, record, keep);
    actors.push_back(actor.handle());
    const auto is_new = fan.add({"lobby", loop, generation, actor});
    run();
    return is_new;
  }

  void publish(std::string_view data) {
    fan.deliver(publication::make("lobby", data, payload_kind::text));
    run();
  }

  void confirm() {
    fan.confirm("lobby");
    run();
  }

  fan_out fan{1000};
  std::vector<channel_actor> actors;
  std::vector<delivery> kept;
  channel_record ann;
  channel_record bob;
};

using record = channel_record;

} // namespace

CAF_TEST_FIXTURE_SCOPE(fan_out_tests, fixture)

CAF_TEST(every loop gets a publication once) {
  CAF_CHECK(add(0, 1, ann));
  CAF_CHECK(!add(1, 1, bob));
  confirm();
  publish("hi");
  CAF_CHECK_EQUAL(ann, (record{"confirm", "hi"}));
  CAF_CHECK_EQUAL(bob, (record{"confirm", "hi"}));
}

CAF_TEST(publications of other channels are not delivered) {
  add(0, 1, ann);
  fan.deliver(publication::make("attic", "hi", payload_kind::text));
  run();
  CAF_CHECK(ann.empty());
}

CAF_TEST(a loop that joins a confirmed channel is confirmed at once) {
  add(0, 1, ann);
  confirm();
  add(1, 1, bob);
  CAF_CHECK_EQUAL(bob, record{"confirm"});
  CAF_CHECK_EQUAL(ann, record{"confirm"});
}

CAF_TEST(a removed loop gets nothing more) {
  add(0, 1, ann);
  add(1, 1, bob);
  CAF_CHECK(!fan.remove({"lobby", 0, 1}));
  publish("hi");
  CAF_CHECK(ann.empty());
  CAF_CHECK_EQUAL(bob, record{"hi"});
  CAF_CHECK(fan.remove({"lobby", 1, 1}));
}

CAF_TEST(an old unwant after a newer want is ignored) {
  add(0, 1, ann);
  add(0, 2, bob);
  CAF_CHECK(!fan.remove({"lobby", 0, 1}));
  publish("hi");
  CAF_CHECK(ann.empty());
  CAF_CHECK_EQUAL(bob, record{"hi"});
}

CAF_TEST(an old want after a newer one is ignored) {
  add(0, 2, ann);
  CAF_CHECK(!add(0, 1, bob));
  publish("hi");
  CAF_CHECK_EQUAL(ann, record{"hi"});
  CAF_CHECK(bob.empty());
}

CAF_TEST(a channel without subscribers stays known until it is forgotten) {
  add(0, 1, ann);
  confirm();
  CAF_CHECK(fan.remove({"lobby", 0, 1}));
  CAF_CHECK(fan.is_known("lobby"));
  CAF_CHECK(!add(0, 2, bob));
  CAF_CHECK_EQUAL(bob, record{"confirm"});
  fan.forget("lobby");
  CAF_CHECK(!fan.is_known("lobby"));
}

CAF_TEST(after a loss the old are told a gap and the new are confirmed) {
  add(0, 1, ann);
  confirm();
  fan.suspend_all(gap_reason::link_lost);
  add(1, 1, bob);
  CAF_CHECK(bob.empty());
  confirm();
  CAF_CHECK_EQUAL(ann, (record{"confirm", "gap:link_lost"}));
  CAF_CHECK_EQUAL(bob, record{"confirm"});
}

CAF_TEST(two losses before the channel stands again are one gap) {
  add(0, 1, ann);
  confirm();
  fan.suspend("lobby", gap_reason::too_large);
  fan.suspend_all(gap_reason::link_lost);
  confirm();
  CAF_CHECK_EQUAL(ann, (record{"confirm", "gap:too_large"}));
  confirm();
  CAF_CHECK_EQUAL(ann.size(), 2u);
}

CAF_TEST(a channel that never stood has no gap) {
  add(0, 1, ann);
  fan.suspend_all(gap_reason::link_lost);
  fan.gap("lobby", gap_reason::unknown_version);
  confirm();
  CAF_CHECK_EQUAL(ann, record{"confirm"});
}

CAF_TEST(a loop that is too far behind loses publications and is told one gap) {
  add(0, 1, ann, &kept);
  add(1, 1, bob);
  confirm();
  publish(std::string(1500, 'a'));
  publish("lost");
  publish("lost too");
  CAF_CHECK(fan.has_unreported_gaps());
  CAF_CHECK(fan.sweep());
  CAF_CHECK_EQUAL(ann.size(), 2u);
  CAF_CHECK_EQUAL(bob.size(), 4u);
  kept.clear();
  CAF_CHECK(!fan.sweep());
  run();
  publish("hi");
  CAF_CHECK_EQUAL(ann.size(), 4u);
  CAF_CHECK_EQUAL(ann[2], "gap:overflow");
  CAF_CHECK_EQUAL(ann[3], "hi");
}

CAF_TEST(a gap comes before the next publication without a sweep) {
  add(0, 1, ann, &kept);
  confirm();
  publish(std::string(1500, 'a'));
  publish("lost");
  kept.clear();
  publish("hi");
  CAF_REQUIRE_EQUAL(ann.size(), 4u);
  CAF_CHECK_EQUAL(ann[2], "gap:overflow");
  CAF_CHECK_EQUAL(ann[3], "hi");
  CAF_CHECK(!fan.sweep());
}

CAF_TEST(one publication larger than the bound gets through) {
  add(0, 1, ann);
  confirm();
  publish(std::string(5000, 'a'));
  publish("hi");
  CAF_CHECK_EQUAL(ann.size(), 3u);
}

CAF_TEST(a gap of a loop that left in the meantime is forgotten) {
  add(0, 1, ann, &kept);
  confirm();
  publish(std::string(1500, 'a'));
  publish("lost");
  fan.remove({"lobby", 0, 1});
  CAF_CHECK(!fan.sweep());
}

CAF_TEST(a refusal is told once and to those that come later) {
  add(0, 1, ann);
  fan.refuse("lobby");
  fan.refuse("lobby");
  fan.refuse("unknown");
  run();
  add(1, 1, bob);
  CAF_CHECK_EQUAL(ann, record{"gap:refused"});
  CAF_CHECK_EQUAL(bob, record{"gap:refused"});
  confirm();
  publish("hi");
  CAF_CHECK_EQUAL(ann, (record{"gap:refused", "confirm", "hi"}));
  fan.suspend_all(gap_reason::link_lost);
  fan.refuse("lobby");
  run();
  CAF_CHECK_EQUAL(ann.back(), "gap:refused");
}

CAF_TEST_FIXTURE_SCOPE_END()
